/** Runs the command line as a real process and gathers what it printed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../src-main/cli/llara.js', import.meta.url));
const repository = fileURLToPath(new URL('../..', import.meta.url));

export type CommandOutcome = {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
  messages: string;
};
export type RunningCommand = {
  child: ChildProcess;
  ended: Promise<CommandOutcome>;
  output: () => string;
  messages: () => string;
};

export type RunOptions = {
  home: string;
  environment?: Record<string, string>;
  node?: string;
  directory?: string;
};

export function startLlara(
  argumentList: string[],
  { home, environment, node, directory }: RunOptions,
): RunningCommand {
  const child = spawn(node ?? process.execPath, [launcher, ...argumentList], {
    cwd: directory ?? repository,
    env: { ...process.env, LLARA_HOME: home, NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let messages = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    messages += chunk;
  });
  const ended = new Promise<CommandOutcome>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, output, messages }));
  });
  return { child, ended, output: () => output, messages: () => messages };
}

export async function runLlara(argumentList: string[], options: RunOptions): Promise<CommandOutcome> {
  return await startLlara(argumentList, options).ended;
}
