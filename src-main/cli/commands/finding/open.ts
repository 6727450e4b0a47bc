/** `llara open N`: opens a document that the last search found, with the program that the system has for it. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../../../common/app-error.ts';
import { formatOf } from '../../../contract/formats.ts';
import { addCommand } from '../../add-command.ts';
import type { CommandContext, RunCommand, SharedOptions } from '../../command-context.ts';
import { type ExitCode, exitCodes } from '../../output/exit-codes.ts';
import { wholeNumber } from '../../parse-option.ts';
import { foundFile } from '../../results/last-search.ts';

type OpenOptions = SharedOptions & { print?: boolean };

export function addOpenCommand(program: Command, run: RunCommand): void {
  addCommand(program, 'open', 'open a document that the last search found')
    .argument('<number>', 'its number in the answer', wholeNumber(1, 1000))
    .option('--print', 'only print its path')
    .action((number: number, options: OpenOptions) =>
      run(options, (context) => open(context, number, options)),
    );
}

async function open(
  { terminal, home, json }: CommandContext,
  number: number,
  options: OpenOptions,
): Promise<ExitCode> {
  const { path, kind, page } = foundFile(home, number);
  if (options.print) {
    if (json) terminal.printJson({ path, page });
    else terminal.print(path);
    return exitCodes.success;
  }
  if (!existsSync(path))
    throw new AppError('path-not-readable', `${path} is not there any more. Index again: llara index`);
  // What may run as a program is shown in its folder instead.
  const mayOpen = kind !== null && formatOf(kind).mayOpen;
  await openWithSystem(mayOpen ? path : dirname(path));
  if (json) terminal.printJson({ path, page, opened: mayOpen ? 'document' : 'folder' });
  else terminal.print(`${mayOpen ? path : `The folder of ${path}`}${page === null ? '' : `, page ${page}`}`);
  return exitCodes.success;
}

const openers: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer.exe' };

/** Throws `not-supported` where the system has no such program. */
function openWithSystem(path: string): Promise<void> {
  const opener = openers[process.platform] ?? 'xdg-open';
  return new Promise((resolve, reject) => {
    const child = spawn(opener, [path], { stdio: 'ignore', detached: true });
    child.once('error', (cause) =>
      reject(
        new AppError('not-supported', `${path} cannot be opened: ${opener} cannot be started.`, { cause }),
      ),
    );
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}
