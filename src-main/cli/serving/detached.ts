/** Serving in the background: started with its output in a log file, found again by `engine.json`, and told to stop. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../common/app-error.ts';
import type { EngineFile } from '../../host/engine-file.ts';
import { findRunningEngine } from '../connect-engine.ts';

/** A longer log is put aside; the one before it is lost. */
const longestLogBytes = 5_000_000;
const lookAgainMs = 100;

export const serveLogOf = (home: string): string => join(home, 'serve.log');

/**
 * Starts `llara serve` in a process of its own that outlives this one, and waits until it answers. Throws `engine-gone` with the end of
 * the log where it ends before.
 */
export async function serveDetached(home: string, port: number, signal: AbortSignal): Promise<EngineFile> {
  mkdirSync(home, { recursive: true });
  const log = serveLogOf(home);
  if (existsSync(log) && statSync(log).size > longestLogBytes) renameSync(log, `${log}.1`);
  const from = existsSync(log) ? statSync(log).size : 0;
  const output = openSync(log, 'a', 0o600);
  const argumentList = [...process.execArgv, process.argv[1] ?? '', 'serve', '--port', String(port)];
  const child = spawn(process.execPath, argumentList, {
    detached: true,
    windowsHide: true,
    stdio: ['ignore', output, output],
    // The log is for a person: no colours, and what is said there must not hold the token.
    env: { ...process.env, LLARA_HOME: home, NO_COLOR: '1', [quietVariable]: '1' },
  });
  closeSync(output);
  child.unref();
  const ended = endOf(child);
  for (;;) {
    signal.throwIfAborted();
    const running = await findRunningEngine(home);
    if (running) return running;
    if (ended.message !== null) {
      const said = readFileSync(log, 'utf8').slice(from).trim().split('\n').slice(-5).join('\n');
      throw new AppError(
        'engine-gone',
        `It ended while it started (${ended.message}). ${said}\nThe log is ${log}.`,
      );
    }
    await wait(lookAgainMs, undefined, { signal });
  }
}

/** Set for a server in the background, which shall not print its address with the token. */
export const quietVariable = 'LLARA_SERVE_QUIETLY';

/** Asks whoever serves to stop, and waits until nobody answers. False where nobody does to begin with. Throws `conflict` for the app's own engine. */
export async function stopServing(home: string, signal: AbortSignal): Promise<boolean> {
  const running = await findRunningEngine(home);
  if (!running) return false;
  if (running.supervisor === undefined)
    throw new AppError('conflict', 'The engine that runs is the one of the app. Quit the app to stop it.');
  process.kill(running.supervisor, 'SIGTERM');
  while (isAlive(running.supervisor) || isAlive(running.pid)) await wait(lookAgainMs, undefined, { signal });
  return true;
}

function endOf(child: ChildProcess): { message: string | null } {
  const ended: { message: string | null } = { message: null };
  child.once('error', (error) => {
    ended.message = error.message;
  });
  child.once('exit', (code, by) => {
    ended.message = by ?? `code ${code}`;
  });
  return ended;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process has the number by now.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
