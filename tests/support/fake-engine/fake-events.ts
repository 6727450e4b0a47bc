/** The fake engine's one stream: a snapshot for whoever joins, then every event, copied as a wire would. */
import type { EngineEvent, EngineSnapshot } from '../../../src-main/contract/events.ts';

export class FakeEvents {
  readonly #listeners = new Set<(event: EngineEvent) => void>();

  /** Streams that are open at this moment. */
  get openStreams(): number {
    return this.#listeners.size;
  }

  publish(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(structuredClone(event));
  }

  async *join(snapshot: EngineSnapshot, signal?: AbortSignal): AsyncGenerator<EngineEvent> {
    const queue: EngineEvent[] = [{ type: 'snapshot', snapshot: structuredClone(snapshot) }];
    let wake = () => {};
    const listener = (event: EngineEvent) => {
      queue.push(event);
      wake();
    };
    this.#listeners.add(listener);
    signal?.addEventListener('abort', () => wake());
    try {
      while (!signal?.aborted) {
        const event = queue.shift();
        if (event) yield event;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.#listeners.delete(listener);
    }
  }
}
