/**
 * Turns Ctrl-C and SIGTERM into one AbortSignal. The first asks: work stops at its next consistent point. A second one
 * ends the process at once, for a person who does not want to wait.
 */
import { AppError } from '../common/app-error.ts';
import { type ExitCode, exitCodes } from './output/exit-codes.ts';
import type { Terminal } from './output/terminal.ts';

export class Interruption {
  readonly #abort = new AbortController();
  readonly #terminal: Terminal;
  #exitCode: ExitCode | null = null;

  readonly #onInterrupt = () => this.#interrupt(exitCodes.interrupted);
  readonly #onTerminate = () => this.#interrupt(exitCodes.terminated);

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    process.on('SIGINT', this.#onInterrupt);
    process.on('SIGTERM', this.#onTerminate);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** The code to end with once interrupted, else null. */
  get exitCode(): ExitCode | null {
    return this.#exitCode;
  }

  dispose(): void {
    process.off('SIGINT', this.#onInterrupt);
    process.off('SIGTERM', this.#onTerminate);
  }

  #interrupt(exitCode: ExitCode): void {
    if (this.#exitCode !== null) process.exit(exitCode);
    this.#exitCode = exitCode;
    this.#terminal.note('\nStopping. Once more ends at once.');
    this.#abort.abort(new AppError('cancelled', 'Interrupted.'));
  }
}
