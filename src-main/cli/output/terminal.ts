/**
 * What a command says. Answers go to standard output and nothing else does, so that `--json` and pipes stay clean;
 * notes, progress and errors go to standard error. Colours are left out where a stream is no terminal.
 */
import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import { createSupportsHyperlinks } from 'supports-hyperlinks';

type Style = Parameters<typeof styleText>[0];

export class Terminal {
  readonly #output: NodeJS.WriteStream;
  readonly #messages: NodeJS.WriteStream;

  constructor(output: NodeJS.WriteStream, messages: NodeJS.WriteStream) {
    this.#output = output;
    this.#messages = messages;
    // A reader that has seen enough (`| head`) is no failure of ours.
    for (const stream of [output, messages]) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE') throw error;
      });
    }
  }

  get isOutputTerminal(): boolean {
    return this.#output.isTTY === true;
  }

  /** The stream for a progress bar, or null where there is no terminal to draw it on. */
  get progressStream(): WriteStream | null {
    return this.#messages.isTTY ? (this.#messages as WriteStream) : null;
  }

  /** Columns of the terminal; 100 where there is none. */
  get width(): number {
    return this.#output.columns || 100;
  }

  print(text = ''): void {
    this.#output.write(`${text}\n`);
  }

  /** Without an end of the line, for what is still being written. */
  write(text: string): void {
    this.#output.write(text);
  }

  printJson(value: unknown): void {
    this.print(JSON.stringify(value));
  }

  note(text: string): void {
    this.#messages.write(`${text}\n`);
  }

  style(style: Style, text: string): string {
    return styleText(style, text, { stream: this.#output });
  }

  /** `text` as something to click on (OSC 8), where the terminal takes that; else `text` as it is. */
  link(text: string, url: string): string {
    if (!createSupportsHyperlinks(this.#output)) return text;
    return `\u001B]8;;${url}\u001B\\${text}\u001B]8;;\u001B\\`;
  }

  /** Resolves when everything printed has left the process. */
  async flush(): Promise<void> {
    for (const stream of [this.#output, this.#messages]) {
      if (!stream.destroyed) await new Promise<void>((resolve) => stream.write('', () => resolve()));
    }
  }
}
