/** Runs the command line, or another script beside it, as a real process and gathers what it printed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

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
  input?: string;
};

export function startLlara(argumentList: string[], options: RunOptions): RunningCommand {
  return startScript('llara.js', argumentList, options);
}

export async function runLlara(argumentList: string[], options: RunOptions): Promise<CommandOutcome> {
  return await startLlara(argumentList, options).ended;
}

/** `script` is a file of src-main/cli. */
export function startScript(script: string, argumentList: string[], options: RunOptions): RunningCommand {
  const child = spawn(options.node ?? process.execPath, [`src-main/cli/${script}`, ...argumentList], {
    cwd: repository,
    env: { ...process.env, LLARA_HOME: options.home, NO_COLOR: '1', ...options.environment },
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  child.stdin?.end(options.input);
  let output = '';
  let messages = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    messages += chunk;
  });
  const ended = new Promise<CommandOutcome>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, output, messages }));
  });
  return { child, ended, output: () => output, messages: () => messages };
}

export async function runScript(
  script: string,
  argumentList: string[],
  options: RunOptions,
): Promise<CommandOutcome> {
  return await startScript(script, argumentList, options).ended;
}
