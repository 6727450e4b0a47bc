/** Carries the engine's events to every client: each joins by a snapshot, then hears what changes. */
import { EventPublisher } from '@orpc/server';
import type { EngineEvent, EngineSnapshot } from '../contract/events.ts';

const libraryEventIntervalMs = 200;

export class EventHub {
  readonly #publisher = new EventPublisher<{ event: EngineEvent }>({ maxBufferedEvents: 1000 });
  readonly #delayed = new Map<string, NodeJS.Timeout>();
  #closed = false;

  publish(event: EngineEvent): void {
    this.#publisher.publish('event', event);
  }

  /**
   * For what changes many times a second: `make` is called once per interval and `key`, never lost at the end. It returns null where
   * what it was to tell of is gone by then.
   */
  publishSoon(key: string, make: () => EngineEvent | null): void {
    if (this.#closed || this.#delayed.has(key)) return;
    const timer = setTimeout(() => {
      this.#delayed.delete(key);
      const event = make();
      if (event) this.publish(event);
    }, libraryEventIntervalMs);
    timer.unref();
    this.#delayed.set(key, timer);
  }

  /** Subscribes before it takes the snapshot, so that nothing falls in between. */
  async *join(snapshot: () => EngineSnapshot, signal?: AbortSignal): AsyncGenerator<EngineEvent> {
    const events = this.#publisher.subscribe('event', { signal });
    yield { type: 'snapshot', snapshot: snapshot() };
    yield* events;
  }

  /** Idempotent. What is asked for later is not made: what it would tell of may be closed by then. */
  close(): void {
    this.#closed = true;
    for (const timer of this.#delayed.values()) clearTimeout(timer);
    this.#delayed.clear();
  }
}
