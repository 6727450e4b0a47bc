/**
 * Engine processes for the scenarios. Loading an engine's code takes longer than opening it, so the next process is started
 * ahead and waits to be told its home.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { engineEnvironment } from '../../../src-main/common/processes/engine-environment.ts';

export interface ServedEngine {
  readonly pageUrl: string;
  readonly url: string;
  end(signal: NodeJS.Signals): Promise<void>;
}

const token = 'a-token-that-only-the-tests-know-0123456789';

export class EngineProcesses {
  #spare: Spare | null = null;

  /** `port` 0 takes a free one. Throws with the process's own words where the engine does not open. */
  async serve(home: string, port: number): Promise<ServedEngine> {
    const { child, errors } = this.#spare ?? startSpare();
    const first = new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout! }).once('line', resolve);
      child.once('exit', (code) =>
        reject(new Error(`The engine ended with ${code} before it served:\n${errors()}`)),
      );
    });
    child.stdin!.write(`${JSON.stringify({ home, port, token })}\n`);
    this.#spare = startSpare();
    return { ...JSON.parse(await first), end: (signal) => end(child, signal) };
  }

  async close(): Promise<void> {
    if (this.#spare) await end(this.#spare.child, 'SIGKILL');
    this.#spare = null;
  }
}

interface Spare {
  readonly child: ChildProcess;
  readonly errors: () => string;
}

function startSpare(): Spare {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../support/serve-engine.ts')], {
    env: { ...process.env, ...engineEnvironment() },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  child.once('exit', (code, signal) => {
    // A test that kills the engine sends SIGKILL; anything else that is no clean end is a crash, and its cause is needed.
    if (code !== 0 && signal !== 'SIGKILL' && signal !== 'SIGTERM') {
      console.error(`The engine ended with ${code ?? signal}:\n${errors}`);
    }
  });
  return { child, errors: () => errors };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
