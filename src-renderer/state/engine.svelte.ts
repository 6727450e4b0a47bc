/**
 * The page's picture of the engine: a snapshot when it joins, then what changes. It keeps trying to reach an engine
 * that is gone and says so meanwhile; it never repeats a person's action on its own.
 */
import type { TrainingPoint } from '../../src-main/contract/adaptation.ts';
import type { DesktopBridge } from '../../src-main/contract/desktop-bridge.ts';
import type { EngineEvent, EngineSnapshot } from '../../src-main/contract/events.ts';
import type { Job } from '../../src-main/contract/jobs.ts';
import type { Library, UnavailableLibrary } from '../../src-main/contract/libraries.ts';
import type { Settings } from '../../src-main/contract/settings.ts';
import {
  clientThrough,
  connectEngine,
  type EngineCalls,
  type EngineClient,
} from '../bridge/engine-client.ts';
import { failureOf } from '../bridge/failure.ts';

/** `gone` carries what was last heard; `attempt` counts the tries since. */
export type EngineStatus =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  | { readonly kind: 'gone'; readonly message: string; readonly attempt: number };

const RETRY_MS = [250, 500, 1000, 2000, 4000] as const;
const SNAPSHOT_TIMEOUT_MS = 10_000;

export class Engine {
  status = $state.raw<EngineStatus>({ kind: 'connecting' });
  version = $state('');
  home = $state('');
  libraries = $state.raw<readonly Library[]>([]);
  unavailableLibraries = $state.raw<readonly UnavailableLibrary[]>([]);
  jobs = $state.raw<readonly Job[]>([]);
  settings = $state.raw<Settings | null>(null);
  deviceProblem = $state.raw<string | null>(null);

  /**
   * A call made before the engine has answered for the first time waits for that, so that a quick hand is not told of a failure. Once the
   * engine is known to be away it throws, as a call over a dead connection would.
   */
  readonly client: EngineClient = clientThrough((signal) => this.#reached(signal));

  #calls: EngineCalls | null = null;
  readonly #waiting = new Set<{ resolve(calls: EngineCalls): void; reject(reason: unknown): void }>();
  readonly #desktop: DesktopBridge | undefined;
  readonly #trainingListeners = new Set<(jobId: string, point: TrainingPoint) => void>();
  readonly #endedListeners = new Set<(job: Job) => void>();
  readonly #joinedListeners = new Set<() => void>();
  #wake: (() => void) | null = null;

  constructor(desktop: DesktopBridge | undefined) {
    this.#desktop = desktop;
  }

  readonly activeJobs = $derived(
    this.jobs.filter((job) => job.state === 'running' || job.state === 'queued' || job.state === 'paused'),
  );

  library(name: string): Library | undefined {
    return this.libraries.find((library) => library.name === name);
  }

  /** Each returns how to stop listening. */
  onTraining(listener: (jobId: string, point: TrainingPoint) => void): () => void {
    this.#trainingListeners.add(listener);
    return () => this.#trainingListeners.delete(listener);
  }

  onJobEnded(listener: (job: Job) => void): () => void {
    this.#endedListeners.add(listener);
    return () => this.#endedListeners.delete(listener);
  }

  onJoined(listener: () => void): () => void {
    this.#joinedListeners.add(listener);
    return () => this.#joinedListeners.delete(listener);
  }

  /** Ends the wait before the next try. */
  reconnect(): void {
    this.#wake?.();
  }

  /**
   * The answer's picture of the job is left aside: it may arrive after the event of the job's end and be older than
   * that. What the page knows of jobs comes from events alone, which keep their order.
   */
  async controlJob(action: 'pause' | 'resume' | 'cancel', jobId: string): Promise<void> {
    await this.client.jobs[action]({ jobId });
  }

  #noteJob(job: Job): void {
    const known = this.jobs.find((other) => other.id === job.id);
    this.jobs = known ? this.jobs.map((other) => (other.id === job.id ? job : other)) : [job, ...this.jobs];
    // A short job may be heard of only when it is over.
    if (job.endedAt !== null && (known === undefined || known.endedAt === null)) {
      for (const listener of this.#endedListeners) listener(job);
    }
  }

  /** Follows the engine until the signal fires; a lost engine is tried again and again, with pauses. */
  async run(signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      let message: string | null = null;
      try {
        const joined = await this.#follow(signal);
        if (joined) attempt = 0;
      } catch (error) {
        if (signal.aborted) return;
        message = failureOf(error).message;
        if (this.status.kind === 'online') attempt = 0;
      }
      if (signal.aborted) return;
      this.status = { kind: 'gone', message: message ?? '', attempt: attempt + 1 };
      this.#endWaiting(({ reject }) => reject(notReached()));
      await this.#pause(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]!, signal);
    }
  }

  async #follow(signal: AbortSignal): Promise<boolean> {
    const life = new AbortController();
    const lifeSignal = AbortSignal.any([signal, life.signal]);
    const link = await connectEngine(
      this.#desktop,
      AbortSignal.any([signal, AbortSignal.timeout(SNAPSHOT_TIMEOUT_MS)]),
    );
    void link.closed.then(() => life.abort(new TypeError('The port to the engine was closed.')));
    let joined = false;
    try {
      const events = await link.client.engine.events(undefined, { signal: lifeSignal });
      for await (const event of events) {
        if (!joined) {
          joined = true;
          this.#calls = link.calls;
          this.#endWaiting(({ resolve }) => resolve(link.calls));
        }
        this.#apply(event);
      }
      return joined;
    } finally {
      life.abort();
      link.close();
    }
  }

  async #reached(signal?: AbortSignal): Promise<EngineCalls> {
    if (this.#calls) return this.#calls;
    if (this.status.kind === 'gone') throw notReached();
    return await new Promise((resolve, reject) => {
      const waiter = { resolve, reject };
      this.#waiting.add(waiter);
      signal?.addEventListener('abort', () => this.#waiting.delete(waiter) && reject(signal.reason), {
        once: true,
      });
    });
  }

  #endWaiting(
    end: (waiter: { resolve(calls: EngineCalls): void; reject(reason: unknown): void }) => void,
  ): void {
    for (const waiter of this.#waiting) end(waiter);
    this.#waiting.clear();
  }

  #apply(event: EngineEvent): void {
    switch (event.type) {
      case 'snapshot':
        this.#join(event.snapshot);
        break;
      case 'job':
        this.#noteJob(event.job);
        break;
      case 'library':
        this.#noteLibrary(event.library);
        // Its store did not answer before.
        this.unavailableLibraries = this.unavailableLibraries.filter(
          ({ name }) => name !== event.library.name,
        );
        break;
      case 'library-removed':
        this.libraries = this.libraries.filter((library) => library.name !== event.name);
        break;
      case 'settings':
        this.takeSettings(event.settings);
        break;
      case 'training':
        for (const listener of this.#trainingListeners) listener(event.jobId, event.point);
    }
  }

  /** As they are now: by an event or by the answer to a change, whichever comes first. */
  takeSettings(settings: Settings): void {
    // What is said of a device is said of the one that the settings named.
    if (settings.device !== this.settings?.device) this.deviceProblem = null;
    this.settings = settings;
  }

  #join(snapshot: EngineSnapshot): void {
    this.version = snapshot.version;
    this.home = snapshot.home;
    this.libraries = snapshot.libraries;
    this.unavailableLibraries = snapshot.unavailableLibraries;
    this.jobs = snapshot.jobs;
    this.settings = snapshot.settings;
    this.deviceProblem = snapshot.deviceProblem;
    this.status = { kind: 'online' };
    for (const listener of this.#joinedListeners) listener();
  }

  #noteLibrary(library: Library): void {
    this.libraries = this.libraries.some((other) => other.name === library.name)
      ? this.libraries.map((other) => (other.name === library.name ? library : other))
      : [...this.libraries, library];
  }

  #pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done, { once: true });
      this.#wake = done;
    });
  }
}

const notReached = () => new TypeError('The engine has not been reached yet.');
