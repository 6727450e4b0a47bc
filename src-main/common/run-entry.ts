/**
 * Runs one of the product's entries in a process of its own and collects its output. Under Node that is a child
 * process. Inside Electron's utility process no program can be started, so the main process is asked to fork it.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';

export interface EntryOutcome {
  /** Null when the process was killed. */
  code: number | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
}

/** What the engine asks of the main process, and how that answers. */
export type EntryRequest =
  | { type: 'run-entry'; id: string; path: string; argument: string; timeoutMs: number; follow: boolean }
  | { type: 'stop-entry'; id: string };
export interface EntryEnded {
  type: 'entry-ended';
  id: string;
  outcome: EntryOutcome;
}
/** What it has printed on standard output since the last of these; only where that was asked for. */
export interface EntryOutput {
  type: 'entry-output';
  id: string;
  text: string;
}
export type EntryAnswer = EntryEnded | EntryOutput;

/** The part of a utility process's `parentPort` in use. */
export interface EntryParent {
  postMessage(message: EntryRequest): void;
  on(event: 'message', listener: (message: { data: EntryAnswer }) => void): void;
  off(event: 'message', listener: (message: { data: EntryAnswer }) => void): void;
}

export interface EntryOptions {
  timeoutMs: number;
  /** Hears of standard output as it comes. */
  onOutput?: (text: string) => void;
}

/** The entry gets `argument` as `process.argv[2]` and must end by itself with `process.exit`. */
export function runEntry(
  path: string,
  argument: string,
  options: EntryOptions,
  signal?: AbortSignal,
): Promise<EntryOutcome> {
  signal?.throwIfAborted();
  const parent = (process as { parentPort?: EntryParent }).parentPort;
  const running = parent ? askParent(parent, path, argument, options) : startChild(path, argument, options);
  if (!signal) return running.ended;
  const abort = () => running.stop();
  signal.addEventListener('abort', abort, { once: true });
  return running.ended
    .then((outcome) => {
      signal.throwIfAborted();
      return outcome;
    })
    .finally(() => signal.removeEventListener('abort', abort));
}

interface Running {
  ended: Promise<EntryOutcome>;
  stop(): void;
}

function startChild(path: string, argument: string, { timeoutMs, onOutput }: EntryOptions): Running {
  const child = spawn(process.execPath, [path, argument], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, timeoutMs);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    onOutput?.(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<EntryOutcome>((resolve) => {
    child.on('error', (error) => resolve({ code: null, stdout, stderr: error.message, timedOut }));
    child.on('close', (code) => resolve({ code, stdout, stderr, timedOut }));
  }).finally(() => clearTimeout(timer));
  return { ended, stop: () => void child.kill('SIGKILL') };
}

function askParent(
  parent: EntryParent,
  path: string,
  argument: string,
  { timeoutMs, onOutput }: EntryOptions,
): Running {
  const id = randomUUID();
  const ended = new Promise<EntryOutcome>((resolve) => {
    const listen = ({ data }: { data: EntryAnswer }) => {
      if (data.type === 'entry-output' && data.id === id) onOutput?.(data.text);
      if (data.type !== 'entry-ended' || data.id !== id) return;
      parent.off('message', listen);
      resolve(data.outcome);
    };
    parent.on('message', listen);
    parent.postMessage({ type: 'run-entry', id, path, argument, timeoutMs, follow: onOutput !== undefined });
  });
  return { ended, stop: () => parent.postMessage({ type: 'stop-entry', id }) };
}
