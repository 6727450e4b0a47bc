/** `llara forget`: takes folders out of a library. The folders themselves are never touched. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../../../common/app-error.ts';
import { addCommand } from '../../add-command.ts';
import {
  type CommandContext,
  type RunCommand,
  type SharedOptions,
  withEngine,
} from '../../command-context.ts';
import { type ExitCode, exitCodes } from '../../output/exit-codes.ts';
import { isMeant, pathsMeant } from '../../path-as-typed.ts';

export function addForgetCommand(program: Command, run: RunCommand): void {
  addCommand(
    program,
    'forget <folder...>',
    'take folders out of the library; the files stay where they are',
  ).action((folders: string[], options: SharedOptions) =>
    run(options, (context) => forget(context, folders)),
  );
}

async function forget(context: CommandContext, paths: string[]): Promise<ExitCode> {
  const { terminal, library, json } = context;
  return await withEngine(context, async (client) => {
    const known = (await client.libraries.list()).find(({ name }) => name === library)?.folders ?? [];
    const folders = paths.map((path) => {
      const meant = pathsMeant(path);
      const folder = known.find((candidate) => isMeant(candidate.path, meant));
      if (folder) return folder;
      const list = known.map((candidate) => candidate.path).join(', ') || 'none';
      throw new AppError(
        'not-found',
        `${resolve(path)} is no folder of the library "${library}". Its folders: ${list}.`,
      );
    });
    for (const { id } of folders) await client.folders.remove({ library, folderId: id });
    const forgotten = folders.map(({ path }) => path);
    if (json) terminal.printJson({ library, forgotten });
    else terminal.print(`Forgotten: ${forgotten.join(', ')}`);
    return exitCodes.success;
  });
}
