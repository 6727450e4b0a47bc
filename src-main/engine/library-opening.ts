/**
 * Opens the libraries of a home, and keeps why one could not be opened. A store elsewhere may answer late or not at all: nobody waits long for
 * it at the start, it is there as soon as it answers, and one that cannot be reached is tried again.
 */
import { setTimeout } from 'node:timers/promises';
import { AppError } from '../common/app-error.ts';
import type { UnavailableLibrary } from '../contract/libraries.ts';
import type { LibrarySession } from './library-session.ts';

export type OpeningOptions = {
  open: (name: string) => Promise<LibrarySession>;
  /** Called for a library at a shared address that could not be opened at first. */
  onLateOpen: (name: string) => void;
  /** So long the start waits for a store elsewhere. */
  openingMs: number;
};

/** So often is tried again what could not be reached, or was written by another one. */
const retryMs = 60_000;

export class LibraryOpening {
  readonly #options: OpeningOptions;
  readonly #reasons = new Map<string, AppError>();
  readonly #underWay = new Set<string>();
  #shared: readonly string[] = [];
  #retryTimer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(options: OpeningOptions) {
    this.#options = options;
  }

  /** A damaged library is left out, with its files as they are; only one that another process works on stops the start. */
  async openAll(names: readonly string[], isShared: (name: string) => Promise<boolean>): Promise<void> {
    const shared: string[] = [];
    for (const name of names) {
      try {
        if (await isShared(name)) shared.push(name);
        else await this.#options.open(name);
      } catch (error) {
        if (error instanceof AppError && error.code === 'library-locked') throw error;
        this.#reasons.set(name, asReason(name, error));
      }
    }
    await Promise.all(shared.map((name) => this.#openShared(name)));
    this.#shared = shared;
    this.#retryTimer = setInterval(() => void this.tryAgain(), retryMs).unref();
  }

  /** Those at shared addresses that could not be opened. */
  async tryAgain(): Promise<void> {
    const waiting = this.#shared.filter((name) => this.#reasons.has(name));
    await Promise.all(waiting.map((name) => this.#openShared(name)));
  }

  /** Why the library could not be opened; undefined for one that is open, or that there is not. */
  reasonOf(name: string): AppError | undefined {
    return this.#reasons.get(name);
  }

  unavailable(): UnavailableLibrary[] {
    return Array.from(this.#reasons, ([name, { message }]) => ({ name, reason: message }));
  }

  /** It is no longer to be opened. */
  forget(name: string): void {
    this.#reasons.delete(name);
  }

  /** What is opened from now on is closed at once. */
  close(): void {
    this.#isClosed = true;
    if (this.#retryTimer) clearInterval(this.#retryTimer);
  }

  /** Resolves once it is open, cannot be, or has taken too long; in that case it is there as soon as it is open. */
  async #openShared(name: string): Promise<void> {
    if (this.#underWay.has(name)) return;
    this.#underWay.add(name);
    const wasUnavailable = this.#reasons.has(name);
    let isOpen = false;
    let isLate = false;
    const opening = this.#options.open(name).then(
      async (session) => {
        isOpen = true;
        this.#reasons.delete(name);
        if (this.#isClosed) await session.close();
        else if (isLate || wasUnavailable) this.#options.onLateOpen(name);
      },
      (error: unknown) => void this.#reasons.set(name, asReason(name, error)),
    );
    const waiting = new AbortController();
    const { openingMs } = this.#options;
    const tooLong = setTimeout(openingMs, true, { signal: waiting.signal }).catch(() => false);
    if (await Promise.race([opening.then(() => false), tooLong])) {
      isLate = true;
      const message = `The store of the library "${name}" has not answered yet. It is there as soon as that does.`;
      if (!isOpen) this.#reasons.set(name, new AppError('unreachable', message));
    }
    waiting.abort();
    void opening.finally(() => this.#underWay.delete(name));
  }
}

/** Whatever it is, the other libraries go on. */
function asReason(name: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new AppError(
    'library-corrupt',
    `The library "${name}" cannot be opened (${message}). Remove it and add its folders again; your documents are untouched.`,
    { cause: error },
  );
}
