/**
 * Forks throwaway processes for the engine, which cannot start programs itself once `runAsNode` is fused off. Only the
 * app's own `*-child.js` entries are started; what they print goes back unread.
 */
import { basename, dirname, normalize } from 'node:path';
import type { EntryAnswer, EntryRequest } from '../../common/run-entry.ts';

/** The part of Electron's `UtilityProcess` in use. */
export interface EntryProcess {
  onOutput(stream: 'stdout' | 'stderr', listener: (text: string) => void): void;
  onExit(listener: (code: number) => void): void;
  kill(): boolean;
}

export interface EntryBrokerOptions {
  /** Folder of the bundled entries. */
  mainFolder: string;
  fork(path: string, argument: string): EntryProcess;
}

/** More output than this is a fault of the entry; the rest is dropped. */
const maxOutputCharacters = 1_000_000;

export class EntryBroker {
  readonly #options: EntryBrokerOptions;
  readonly #running = new Map<string, EntryProcess>();

  constructor(options: EntryBrokerOptions) {
    this.#options = options;
  }

  /** Takes a message of the engine; anything that is no request of this kind is left alone. */
  handle(message: unknown, answer: (answer: EntryAnswer) => void): void {
    const request = message as EntryRequest;
    if (request?.type === 'stop-entry') this.#running.get(request.id)?.kill();
    if (request?.type === 'run-entry') this.#run(request, answer);
  }

  /** Ends what still runs; called when the engine itself has ended. */
  stopAll(): void {
    for (const process of this.#running.values()) process.kill();
  }

  #run(request: Extract<EntryRequest, { type: 'run-entry' }>, answer: (answer: EntryAnswer) => void): void {
    const { id } = request;
    const end = (code: number | null, stdout: string, stderr: string, timedOut: boolean) =>
      answer({ type: 'entry-ended', id, outcome: { code, stdout, stderr, timedOut } });
    if (!this.#isOwnEntry(request.path)) {
      end(null, '', `${request.path} is no entry of this app.`, false);
      return;
    }

    const process = this.#options.fork(request.path, request.argument);
    this.#running.set(id, process);
    const output = { stdout: '', stderr: '' };
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      process.kill();
    }, request.timeoutMs);
    for (const stream of ['stdout', 'stderr'] as const) {
      process.onOutput(stream, (text) => {
        output[stream] = (output[stream] + text).slice(0, maxOutputCharacters);
        if (request.follow && stream === 'stdout') answer({ type: 'entry-output', id, text });
      });
    }
    process.onExit((code) => {
      clearTimeout(timer);
      this.#running.delete(id);
      end(timedOut ? null : code, output.stdout, output.stderr, timedOut);
    });
  }

  #isOwnEntry(path: string): boolean {
    return (
      normalize(dirname(path)) === normalize(this.#options.mainFolder).replace(/[/\\]$/, '') &&
      /^[a-z][a-z-]*-child\.js$/.test(basename(path))
    );
  }
}
