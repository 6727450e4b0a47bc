/** `llara folders`: where to begin, and what a folder holds before anything of it is read. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { FolderPreview } from '../../../contract/libraries.ts';
import { addCommand } from '../../add-command.ts';
import {
  type CommandContext,
  type RunCommand,
  type SharedOptions,
  withEngine,
} from '../../command-context.ts';
import { type ExitCode, exitCodes } from '../../output/exit-codes.ts';

type PreviewOptions = SharedOptions & { exclude: string[] };

export function addFoldersCommand(program: Command, run: RunCommand): void {
  const folders = program.command('folders').description('see what folders hold before they are read');
  addCommand(folders, 'suggest', 'show your own Documents, Desktop and Downloads, and what is in them', {
    isDefault: true,
  }).action((options: SharedOptions) => run(options, suggest));
  addCommand(folders, 'preview <folder>', 'count what would be read of a folder, and what is left out')
    .option(
      '-x, --exclude <glob...>',
      'leave out what matches; !NAME takes back what is left out by name',
      [],
    )
    .action((folder: string, options: PreviewOptions) =>
      run(options, (context) => preview(context, resolve(folder), options.exclude)),
    );
}

async function suggest(context: CommandContext): Promise<ExitCode> {
  const { terminal, library, json, signal } = context;
  return await withEngine(context, async (client) => {
    const suggested = [];
    for (const folder of await client.folders.suggest({ library }, { signal })) {
      const counted = await client.folders.preview({ path: folder.path }, { signal });
      suggested.push({ ...folder, preview: counted });
      if (!json) terminal.print(`${folder.path}\n  ${describePreview(counted)}`);
    }
    if (json) terminal.printJson({ library, suggested });
    else if (suggested.length > 0) terminal.print('Add one of them: llara index FOLDER');
    else terminal.print('There is none that is not searched already. Add any folder: llara index FOLDER');
    return exitCodes.success;
  });
}

async function preview(context: CommandContext, path: string, exclude: string[]): Promise<ExitCode> {
  const { terminal, json, signal } = context;
  return await withEngine(context, async (client) => {
    const counted = await client.folders.preview({ path, exclude }, { signal });
    if (json) terminal.printJson({ path, ...counted });
    else terminal.print(describePreview(counted));
    return exitCodes.success;
  });
}

function describePreview({
  files,
  documents,
  sizeBytes,
  isComplete,
  leftOut,
  leftOutFiles,
}: FolderPreview): string {
  const more = isComplete ? '' : 'more than ';
  const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
  const size = `${(sizeBytes / 1e6).toFixed(1)} MB`;
  const found = `${more}${counted(documents, 'document')} (${size}) among ${counted(files, 'file')}`;
  if (leftOut.length === 0) return found;
  const names = leftOut.map((group) => `${group.name} ${group.files}${group.isComplete ? '' : '+'}`);
  return `${found}; left out: ${leftOutFiles} (${names.join(', ')})`;
}
