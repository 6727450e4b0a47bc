/** `llara import`: makes a library of a file that `llara export` wrote, on this machine or on another. */
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { PathMap } from '../../../contract/libraries.ts';
import { addCommand } from '../../add-command.ts';
import {
  type CommandContext,
  type RunCommand,
  type SharedOptions,
  withEngine,
} from '../../command-context.ts';
import { type ExitCode, exitCodes } from '../../output/exit-codes.ts';
import { showJob } from '../../output/show-job.ts';

type ImportOptions = SharedOptions & { as?: string; map: PathMap[]; settings?: boolean };

export function addImportCommand(program: Command, run: RunCommand): void {
  addCommand(program, 'import <file>', 'make a library of a file that "llara export" wrote')
    .option('--as <name>', 'name of the library here; otherwise it keeps its own')
    .option(
      '--map <old=new>',
      'where folders of the other machine are on this one, such as /home/ada=/Users/ada; may be repeated',
      addMap,
      [],
    )
    .option('--settings', 'take over the settings of the other machine as well')
    .action((file: string, options: ImportOptions) =>
      run(options, (context) => importLibrary(context, file, options)),
    );
}

function addMap(text: string, maps: PathMap[]): PathMap[] {
  const split = text.indexOf('=');
  if (split < 1 || split === text.length - 1)
    throw new InvalidArgumentError('It must be two paths with = between them, such as /home/ada=/Users/ada.');
  return [...maps, { from: text.slice(0, split), to: resolve(text.slice(split + 1)) }];
}

async function importLibrary(
  context: CommandContext,
  file: string,
  options: ImportOptions,
): Promise<ExitCode> {
  const { terminal, json } = context;
  const { as: name, map, settings = false } = options;
  return await withEngine(context, async (client) => {
    const start = () => client.libraries.import({ path: resolve(file), name, map, settings });
    const { result } = await showJob(context, client, start);
    const imported = result as { library: string; folders: string[]; withIndex: boolean };
    if (json) terminal.printJson(imported);
    else terminal.print(describe(imported));
    return exitCodes.success;
  });
}

function describe({
  library,
  folders,
  withIndex,
}: {
  library: string;
  folders: string[];
  withIndex: boolean;
}): string {
  const next = withIndex ? '' : ` Its documents are read with: llara index --library ${library}`;
  return `The library "${library}" is here. Its folders: ${folders.join(', ') || 'none'}.${next}`;
}
