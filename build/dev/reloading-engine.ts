/**
 * The engine that `npm run dev` asks, in a process of its own, which is started anew whenever something of its sources changes. One that does
 * not start, as a file that is half written makes it, is tried again at the next change.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { leftOutByName } from '../../src-main/library/watching/exclusion.ts';
import { TreeWatch } from '../../src-main/library/watching/watch-tree.ts';

/** What `llara serve --json` prints. */
export type EngineAddress = { url: string; token: string; alreadyRunning: boolean };

export type ReloadingEngineOptions = {
  /** The program and its arguments, for Node. It prints its address as JSON and ends when it is asked to. */
  program: readonly string[];
  /** The folder that is watched. */
  sources: string;
  /** Called at each start that went well. */
  onServing(address: EngineAddress): void;
  onProblem(message: string): void;
};

/** An editor writes several times for one change, and a checkout many files. */
const quietMs = 200;

export class ReloadingEngine {
  readonly #options: ReloadingEngineOptions;
  readonly #watch: TreeWatch;
  #child: ChildProcess | null = null;
  #restarting: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ReloadingEngineOptions) {
    this.#options = options;
    this.#watch = new TreeWatch(options.sources, {
      onEvent: () => this.#changed(),
      onError: (error) => options.onProblem(`The sources are not watched: ${error}`),
      isLeftOut: leftOutByName([]),
      returnCheckMs: 60_000,
    });
  }

  /** Settles once the first one serves. */
  async start(): Promise<void> {
    await this.#watch.start();
    this.#options.onServing(await this.#spawn());
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#watch.close();
    this.#child?.kill('SIGTERM');
  }

  #changed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#restarting = this.#restarting.then(() => this.#restart());
    }, quietMs);
  }

  async #restart(): Promise<void> {
    const former = this.#child;
    this.#child = null;
    if (former && former.exitCode === null && former.signalCode === null) {
      const ended = once(former, 'exit');
      former.kill('SIGTERM');
      await ended;
    }
    // Not waited for: what never says that it serves shall end at the next change, too.
    void this.#spawn().then(this.#options.onServing, (error: Error) => this.#options.onProblem(error.message));
  }

  #spawn(): Promise<EngineAddress> {
    const child = spawn(process.execPath, this.#options.program, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    return new Promise((resolve, reject) => {
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (more: string) => {
        text += more;
        try {
          resolve(JSON.parse(text) as EngineAddress);
        } catch {
          // The object goes on in what follows.
        }
      });
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        if (this.#child === child) reject(new Error(`The engine ended (${code ?? signal}) before it served.`));
      });
    });
  }
}
