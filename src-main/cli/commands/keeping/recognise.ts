/** `llara recognise`: reads the text of scans and pictures, after saying what that takes, and makes it findable. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../../../common/app-error.ts';
import { roughDuration } from '../../../common/texts/rough-duration.ts';
import { type RecognitionPlan, recognitionResultSchema } from '../../../contract/recognition/recognition.ts';
import { addCommand } from '../../add-command.ts';
import {
  type CommandContext,
  type RunCommand,
  type SharedOptions,
  withEngine,
} from '../../command-context.ts';
import type { EngineClient } from '../../connect-engine.ts';
import { type ExitCode, exitCodes } from '../../output/exit-codes.ts';
import { formatDuration } from '../../output/format-duration.ts';
import { showJob } from '../../output/show-job.ts';
import { isMeant, pathsMeant } from '../../path-as-typed.ts';

type RecogniseOptions = SharedOptions & { plan?: boolean; again?: boolean; skip?: string; include?: string };

export function addRecogniseCommand(program: Command, run: RunCommand): void {
  addCommand(program, 'recognise', 'read the text of scans and pictures, by text recognition')
    .alias('recognize')
    .option('--plan', 'only say what waits and how long it takes')
    .option('--again', 'forget what was recognised and read it anew, as with another language')
    .option('--skip <folder>', 'read no scans of this folder from now on, and do nothing else')
    .option('--include <folder>', 'read the scans of this folder again from now on, and do nothing else')
    .action((options: RecogniseOptions) => run(options, (context) => recognise(context, options)));
}

async function recognise(context: CommandContext, options: RecogniseOptions): Promise<ExitCode> {
  const { terminal, library, json } = context;
  return await withEngine(context, async (client) => {
    const folder = options.skip ?? options.include;
    if (folder !== undefined) return await switchFolder(context, client, folder, options.skip === undefined);
    if (options.again && !options.plan)
      await showJob(context, client, () => client.recognition.forget({ library }));
    const plan = await client.recognition.plan({ library });
    if (options.plan) {
      if (json) terminal.printJson({ plan });
      else terminal.print(formatPlan(plan));
      return exitCodes.success;
    }
    if (plan.pages > 0 && !json) terminal.note(formatPlan(plan));
    if (plan.pages === 0) {
      if (json) terminal.printJson({ plan, result: null });
      else terminal.print(formatPlan(plan));
      return exitCodes.success;
    }
    const job = await showJob(context, client, () => client.recognition.start({ library }));
    const result = recognitionResultSchema.parse(job.result);
    for (const line of await client.jobs.log({ jobId: job.id })) terminal.note(line);
    const { indexJobId } = result;
    if (indexJobId !== null) await showJob(context, client, async () => ({ jobId: indexJobId }));
    if (json) terminal.printJson({ plan, result });
    else {
      const failed = result.failed > 0 ? `, ${result.failed} could not be read` : '';
      terminal.print(
        `${pagesOf(result.pages)} in ${formatDuration(result.seconds)}: ${result.withText} with text${failed}.`,
      );
    }
    return exitCodes.success;
  });
}

/** Throws `not-found`. */
async function switchFolder(
  { terminal, library, json }: CommandContext,
  client: EngineClient,
  path: string,
  recognise: boolean,
): Promise<ExitCode> {
  const wanted = resolve(path);
  const folders = (await client.libraries.list()).find(({ name }) => name === library)?.folders ?? [];
  const meant = pathsMeant(path);
  const folder = folders.find((one) => isMeant(one.path, meant));
  if (!folder) {
    const known = folders.map((one) => one.path).join(', ') || 'none';
    throw new AppError(
      'not-found',
      `${wanted} is no folder of the library "${library}". There are: ${known}.`,
    );
  }
  await client.folders.update({ library, folderId: folder.id, recognise });
  if (json) terminal.printJson({ library, folder: wanted, recognise });
  else terminal.print(`Scans in ${wanted} are ${recognise ? 'read' : 'not read'} from now on.`);
  return exitCodes.success;
}

const pagesOf = (count: number): string => `${count} ${count === 1 ? 'page' : 'pages'}`;

function formatPlan(plan: RecognitionPlan): string {
  const { pages, documents, pagesSwitchedOff, estimatedSeconds, secondsPerPage, isMeasured, languages } =
    plan;
  const off =
    pagesSwitchedOff > 0 ? [`${pagesOf(pagesSwitchedOff)} in folders where this is switched off.`] : [];
  if (pages === 0) return ['No scan or picture waits to be read.', ...off].join('\n');
  const pace = `${secondsPerPage.toFixed(1)} s a page, ${isMeasured ? 'as measured here' : 'as other machines take'}`;
  return [
    `Waiting    ${pagesOf(pages)} in ${documents} ${documents === 1 ? 'document' : 'documents'}`,
    `Takes      about ${roughDuration(estimatedSeconds)} (${pace})`,
    `Languages  ${languages.join(', ') || 'none yet; get one: llara languages download eng'}`,
    ...off,
  ].join('\n');
}
