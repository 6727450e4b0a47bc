/** A chat model as a file of this machine: each answer is written by a process of its own. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../common/app-error.ts';
import { entryPath } from '../../common/entry-path.ts';
import { runEntry } from '../../common/run-entry.ts';
import { type Chat, type ChatMessage, longestAnswerTokens } from './chat.ts';
import type { ChatLine, ChatRequest } from './chat-lines.ts';
import { type MemoryNeed, planContext } from './plan-memory.ts';
import { stripThoughts } from './strip-thoughts.ts';

/** A slow machine takes minutes; one that takes longer is not answering. */
const longestAnswerMs = 15 * 60_000;

export type GgufChatOptions = MemoryNeed & {
  modelPath: string;
  /** Where a request lies until it is read. */
  directory: string;
  threads: number;
  /** As of the settings; only `cpu` matters here. */
  device: string;
  /** Where a build for CUDA that a person has fetched lies; null without one. */
  packDirectory: string | null;
  /** Runs the throwaway process; for tests. */
  run?: typeof runEntry;
};

export function ggufChat(options: GgufChatOptions): Chat {
  return {
    name: options.name,
    write: (messages, signal) => stripThoughts(writeAnswer(options, messages, signal)),
  };
}

/** Where the process ends before its first word, as with a GPU whose driver crashes, the processor writes in its place. */
async function* writeAnswer(
  options: GgufChatOptions,
  messages: readonly ChatMessage[],
  signal: AbortSignal,
): AsyncGenerator<string> {
  const mayUseGpu = options.device !== 'cpu';
  const end = yield* writeOn(options, messages, mayUseGpu, signal);
  if (end === null) return;
  if (!mayUseGpu || end.hasBegun || end.timedOut) throw failure(options.name, end.why);
  const second = yield* writeOn(options, messages, false, signal);
  if (second !== null) throw failure(options.name, second.why);
}

/** Of a process that went away without an end of its answer. */
type EarlyEnd = { why: string; hasBegun: boolean; timedOut: boolean };

async function* writeOn(
  options: GgufChatOptions,
  messages: readonly ChatMessage[],
  useGpu: boolean,
  signal: AbortSignal,
): AsyncGenerator<string, EarlyEnd | null> {
  const { run = runEntry } = options;
  const request: ChatRequest = {
    modelPath: options.modelPath,
    system: contentOf(messages, 'system'),
    question: contentOf(messages, 'user'),
    contextTokens: planContext(options),
    maxTokens: longestAnswerTokens,
    threads: options.threads,
    useGpu,
    packDirectory: options.packDirectory,
  };
  await mkdir(options.directory, { recursive: true });
  const path = join(options.directory, `${randomUUID()}.request`);
  await writeFile(path, JSON.stringify(request), { mode: 0o600 });
  const left = new AbortController();
  const lines = new LineQueue();
  const entry = entryPath(import.meta.url, './gguf-chat-child.ts');
  const limits = { timeoutMs: longestAnswerMs, onOutput: (text: string) => lines.add(text) };
  const ended = run(entry, path, limits, AbortSignal.any([signal, left.signal])).finally(() => lines.close());
  // Awaited below, unless whoever reads goes away first.
  ended.catch(() => undefined);
  let hasBegun = false;
  try {
    for await (const line of lines) {
      if (line.type === 'end') return null;
      if (line.type === 'failed') throw failure(options.name, line.message);
      hasBegun = true;
      yield line.text;
    }
    const { timedOut, stderr, code } = await ended;
    // What is printed is mostly a line of a driver; without any, the code is all there is.
    const why = timedOut ? 'it took too long' : stderr.trim().split('\n').at(-1) || `code ${code}`;
    return { why, hasBegun, timedOut };
  } finally {
    left.abort();
    await rm(path, { force: true });
  }
}

const failure = (name: string, why: string) =>
  new AppError('model-invalid', `${name} could not answer: ${why.slice(0, 500)}`);

const contentOf = (messages: readonly ChatMessage[], role: ChatMessage['role']): string =>
  messages
    .filter((message) => message.role === role)
    .map(({ content }) => content)
    .join('\n\n');

/** The lines of a process's output, as they come. */
class LineQueue implements AsyncIterable<ChatLine> {
  #rest = '';
  readonly #lines: ChatLine[] = [];
  #isClosed = false;
  #wake: () => void = () => {};

  add(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    // What a library prints there by itself is no line of ours.
    this.#lines.push(...lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)));
    this.#wake();
  }

  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ChatLine> {
    for (;;) {
      const line = this.#lines.shift();
      if (line) yield line;
      else if (this.#isClosed) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
