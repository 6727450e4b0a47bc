/** `llara export`: puts a library into one file, for another machine or for safekeeping. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { addCommand } from '../../add-command.ts';
import {
  type CommandContext,
  type RunCommand,
  type SharedOptions,
  withEngine,
} from '../../command-context.ts';
import { type ExitCode, exitCodes } from '../../output/exit-codes.ts';
import { showJob } from '../../output/show-job.ts';

type ExportOptions = SharedOptions & { withIndex?: boolean };

export function addExportCommand(program: Command, run: RunCommand): void {
  addCommand(program, 'export <file>', 'put the library into one file: folders, feedback, adapters, settings')
    .option('--with-index', 'with what was made of the documents, so that nothing is read again')
    .action((file: string, options: ExportOptions) =>
      run(options, (context) => exportLibrary(context, file, options.withIndex ?? false)),
    );
}

async function exportLibrary(context: CommandContext, file: string, withIndex: boolean): Promise<ExitCode> {
  const { terminal, library, json } = context;
  return await withEngine(context, async (client) => {
    // Resolved here: a running engine has a working folder of its own.
    const start = () => client.libraries.export({ library, path: resolve(file), withIndex });
    const { result } = await showJob(context, client, start);
    const { path, bytes } = result as { path: string; bytes: number };
    if (json) terminal.printJson({ library, path, bytes, withIndex });
    else terminal.print(`The library "${library}" is in ${path} (${Math.ceil(bytes / 1024)} KB).`);
    return exitCodes.success;
  });
}
