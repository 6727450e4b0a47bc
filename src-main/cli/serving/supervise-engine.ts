/**
 * Runs the engine and its host in a child process and keeps them running: a crash is followed by a restart at the same
 * address, so that an open page goes on, a bounded number of times; then it gives up and says so.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { AppError } from '../../common/app-error.ts';
import { entryPath } from '../../common/entry-path.ts';
import { engineEnvironment } from '../../common/processes/engine-environment.ts';
import { RestartPolicy } from '../../common/restart-policy.ts';
import { createAccessToken } from '../../host/access-token.ts';
import { readEngineFile } from '../../host/engine-file.ts';
import { describeError } from '../output/describe-error.ts';
import type { ServedEngineMessage, ServedEngineOptions } from './open-served-engine.ts';
import { servedEngineVariable } from './served-engine-variable.ts';
import { readServedPort, writeServedPort } from './served-port.ts';
import { stopMessage } from './stop-message.ts';

export type EngineAddress = { url: string; pageUrl: string; token: string; pid: number };

export type SupervisedEngine = {
  /** Of the first start; restarts keep all of it but the process id. */
  address: EngineAddress;
  /** Rejects with `engine-gone` once restarting is given up; resolves after `close`. */
  ended: Promise<void>;
  /** Lets running work stop at a consistent point. Idempotent. */
  close(): Promise<void>;
};

type SuperviseOptions = { home: string; port: number; log: (line: string) => void };

/** Throws what opening the engine threw: `library-locked`, or `conflict` where the port is taken. */
export async function superviseEngine({ home, port, log }: SuperviseOptions): Promise<SupervisedEngine> {
  const policy = new RestartPolicy();
  const ended = Promise.withResolvers<void>();
  ended.promise.catch(() => {}); // Whoever has not asked yet will still hear of it.
  let current = await spawnFirst(home, port);
  let isClosing = false;
  const address = addressOf(await current.serving);
  const { token } = address;

  let restart: NodeJS.Timeout | undefined;

  const onEnd = (what: string) => {
    if (isClosing) return ended.resolve();
    const reason = `The engine ended unexpectedly (${what}).`;
    const decision = policy.decide(Date.now());
    if (decision.type === 'give-up') {
      const message = `${reason} It did so again after each restart, so it is not started again. Start Llara anew.`;
      return ended.reject(new AppError('engine-gone', message));
    }
    log(`${reason} Starting it again.`);
    restart = setTimeout(() => {
      try {
        current = spawnEngine({ home, port: Number(new URL(address.url).port), token });
      } catch (error) {
        return onEnd(describeError(error).message);
      }
      // An engine that cannot open ends; its end is what counts.
      current.serving.catch((error: Error) => log(error.message));
      void current.ended.then(onEnd);
    }, decision.delayMs);
  };
  void current.ended.then(onEnd);

  return {
    address,
    ended: ended.promise,
    close: async () => {
      isClosing = true;
      clearTimeout(restart);
      if (current.hasEnded()) ended.resolve();
      else if (current.child.connected) current.child.send(stopMessage, () => current.child.disconnect());
      await ended.promise.catch(() => {});
    },
  };
}

/** Waits until a person asks for the end, or the engine cannot be kept running (throws `engine-gone`). */
export async function servedUntil(engine: SupervisedEngine, signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await Promise.race([once(signal, 'abort'), engine.ended]);
}

/**
 * Where an earlier engine left its address behind by crashing, this one takes up the address and the token, so that a page
 * that is open somewhere finds it again.
 */
async function spawnFirst(home: string, port: number): Promise<RunningEngine> {
  const left = readEngineFile(home);
  const leftPort = left ? Number(new URL(left.url).port) : null;
  if (left && leftPort !== null && (port === 0 || port === leftPort)) {
    const again = spawnEngine({ home, port: leftPort, token: left.token });
    try {
      await again.serving;
      return again;
    } catch (error) {
      // Another program has the port by now, and an open page may have shown it the token: that one is spent.
      if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
    }
  }
  const lastPort = port === 0 ? readServedPort(home) : null;
  if (lastPort !== null && lastPort !== leftPort) {
    const again = spawnEngine({ home, port: lastPort, token: createAccessToken() });
    try {
      await again.serving;
      return again;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
    }
  }
  const engine = spawnEngine({ home, port, token: createAccessToken() });
  const { url } = await engine.serving;
  writeServedPort(home, Number(new URL(url).port));
  return engine;
}

type RunningEngine = {
  child: ChildProcess;
  serving: Promise<Extract<ServedEngineMessage, { type: 'serving' }>>;
  /** Resolves with how it ended, be it that it could not even be started. */
  ended: Promise<string>;
  hasEnded(): boolean;
};

function spawnEngine(options: ServedEngineOptions): RunningEngine {
  const entry = entryPath(import.meta.url, './served-engine-entry.ts');
  const child = spawn(process.execPath, [entry], {
    // Not as an argument: every user of the machine can read those, and the token is among the options.
    env: { ...process.env, ...engineEnvironment(), [servedEngineVariable]: JSON.stringify(options) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let hasEnded = false;
  const ended = new Promise<string>((resolve) => {
    const end = (what: string) => {
      hasEnded = true;
      resolve(what);
    };
    child.once('exit', (code, signal) => end(signal ?? `code ${code}`));
    // Without a process there is no exit; an error of a running one, such as of a message to it, ends nothing.
    child.on('error', (error) => child.pid === undefined && end(error.message));
  });
  const serving = new Promise<Extract<ServedEngineMessage, { type: 'serving' }>>((resolve, reject) => {
    child.once('message', (message: ServedEngineMessage) => {
      if (message.type === 'serving') resolve(message);
      else reject(new AppError(message.code ?? 'internal', message.message));
    });
    void ended.then((what) =>
      reject(new AppError('engine-gone', `The engine ended while it started (${what}).`)),
    );
  });
  return { child, serving, ended, hasEnded: () => hasEnded };
}

const addressOf = ({ url, token, pid }: { url: string; token: string; pid: number }): EngineAddress => ({
  url,
  pageUrl: `${url}/?token=${token}`,
  token,
  pid,
});
