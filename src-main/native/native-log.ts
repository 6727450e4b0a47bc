/**
 * Keeps llama.cpp's and ggml's log lines off the terminal and hands the worst of them to whoever asks. The library logs from
 * threads of its own, and a JavaScript callback can only run on the main thread; so lines are collected only while the main
 * thread is free (a load on a worker thread), and a native function without effects takes them at all other times.
 */
import koffi from 'koffi';
import { ggmlLogLevel } from './abi/ggml-h.ts';
import type { NativeFunctions } from './native-functions.ts';

export class NativeLog {
  readonly #functions: NativeFunctions;
  readonly #silencer: bigint;
  readonly #callbackType = koffi.pointer(koffi.proto('void', ['int', 'str', 'void *']));
  readonly #lines: string[] = [];
  #captures = 0;
  #callback: bigint | null = null;
  #level: number = ggmlLogLevel.none;

  /** `silencer`: address of a C function without arguments and effects, here ggml_version. */
  constructor(functions: NativeFunctions, silencer: bigint) {
    this.#functions = functions;
    this.#silencer = silencer;
    functions.llama_log_set(silencer, null);
  }

  /** Runs `load` (which must await its native calls) and returns its result with the warnings and errors logged meanwhile. */
  async capture<T>(load: () => Promise<T>): Promise<{ result: T; lines: string[] }> {
    if (this.#captures === 0) this.#start();
    this.#captures += 1;
    try {
      const result = await load();
      return { result, lines: this.#lines.map((line) => line.trim()).filter((line) => line !== '') };
    } finally {
      this.#captures -= 1;
      if (this.#captures === 0) this.#stop();
    }
  }

  #start(): void {
    this.#lines.length = 0;
    this.#callback = koffi.register(
      (level: number, text: bigint | string | null) => this.#receive(level, text),
      this.#callbackType,
    );
    this.#functions.llama_log_set(this.#callback, null);
  }

  #stop(): void {
    this.#functions.llama_log_set(this.#silencer, null);
    if (this.#callback !== null) koffi.unregister(this.#callback);
    this.#callback = null;
  }

  /** The one place where native code enters JavaScript: it never throws. */
  #receive(level: number, text: unknown): void {
    if (level !== ggmlLogLevel.continued) this.#level = level;
    if (this.#level < ggmlLogLevel.warn || typeof text !== 'string') return;
    if (level === ggmlLogLevel.continued && this.#lines.length > 0) {
      this.#lines[this.#lines.length - 1] += text;
    } else if (this.#lines.length < 50) {
      this.#lines.push(text);
    }
  }
}
