/** `llara index`, or `llara add`: adds folders and single files to a library, brings its index up to date and says how every file ended. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { documentStateSchema } from '../../contract/libraries.ts';
import type { IndexResult } from '../../engine/indexing/index-library.ts';
import { addCommand } from '../add-command.ts';
import { type CommandContext, type RunCommand, type SharedOptions, withEngine } from '../command-context.ts';
import type { EngineClient } from '../connect-engine.ts';
import { describeError } from '../output/describe-error.ts';
import { type ExitCode, exitCodes } from '../output/exit-codes.ts';
import { formatDuration } from '../output/format-duration.ts';
import { showJob } from '../output/show-job.ts';

type IndexOptions = SharedOptions & { exclude: string[]; force?: boolean };

export function addIndexCommand(program: Command, run: RunCommand): void {
  addCommand(program, 'index [path...]', 'add folders or single files, and bring the index up to date')
    .alias('add')
    .option('-x, --exclude <glob...>', 'leave out what matches, relative to each new folder', [])
    .option('--force', 'read every file anew, changed or not')
    .action((folders: string[], options: IndexOptions) =>
      run(options, (context) => indexFolders(context, folders, options)),
    );
}

async function indexFolders(
  context: CommandContext,
  folders: string[],
  options: IndexOptions,
): Promise<ExitCode> {
  const { terminal, library, json } = context;
  return await withEngine(context, async (client) => {
    await ensureLibrary(client, library);
    const startedAtMs = performance.now();
    let result: IndexResult | undefined;
    for (const folder of folders) {
      result =
        (await followIndexing(context, client, () => addFolder(client, library, folder, options.exclude))) ??
        result;
    }
    if (result === undefined || options.force) {
      result = await followIndexing(context, client, () =>
        client.libraries.index({ library, force: options.force ?? false }),
      );
    }
    const seconds = (performance.now() - startedAtMs) / 1000;
    if (json) terminal.printJson({ library, ...result, seconds });
    else terminal.print(describeResult(result, seconds));
    return exitCodes.success;
  });
}

async function followIndexing(
  context: CommandContext,
  client: EngineClient,
  start: () => Promise<{ jobId: string }>,
): Promise<IndexResult> {
  const job = await showJob(context, client, start);
  for (const line of await client.jobs.log({ jobId: job.id })) context.terminal.note(line);
  return job.result as IndexResult;
}

/** A folder that a listed one already covers needs no entry of its own. */
async function addFolder(
  client: EngineClient,
  library: string,
  folder: string,
  exclude: string[],
): Promise<{ jobId: string }> {
  try {
    // Resolved here: a running engine has a working folder of its own.
    return await client.folders.add({ library, path: resolve(folder), exclude });
  } catch (error) {
    if (describeError(error).code !== 'conflict') throw error;
    return await client.libraries.index({ library });
  }
}

async function ensureLibrary(client: EngineClient, name: string): Promise<void> {
  const libraries = await client.libraries.list();
  if (!libraries.some((library) => library.name === name)) await client.libraries.create({ name });
}

function describeResult({ files, outcomes, chunks }: IndexResult, seconds: number): string {
  const counts = documentStateSchema.options
    .filter((state) => outcomes[state] > 0)
    .map((state) => `${outcomes[state]} ${state}`);
  const summary = counts.length > 0 ? counts.join(', ') : 'nothing to index';
  return `${files} files in ${formatDuration(seconds)}: ${summary}; ${chunks} passages.`;
}
