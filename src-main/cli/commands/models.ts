/** `llara models`: the encoders and rerankers there are, and which ones are used. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { roughDuration } from '../../common/texts/rough-duration.ts';
import type { Model, ModelCost } from '../../contract/models.ts';
import { passagesOfQuestion } from '../../contract/tables/second-look.ts';
import { addCommand } from '../add-command.ts';
import { type CommandContext, type RunCommand, type SharedOptions, withEngine } from '../command-context.ts';
import { findModel, quoted } from '../find-model.ts';
import { type ExitCode, exitCodes } from '../output/exit-codes.ts';
import { showJob } from '../output/show-job.ts';
import { chooseChatModel } from './chat-model.ts';
import { chooseReranker, useReranker } from './reranker.ts';

export function addModelsCommand(program: Command, run: RunCommand): void {
  const models = program.command('models').description('list, import and choose encoders and rerankers');
  addCommand(models, 'list', 'show the encoders and rerankers', { isDefault: true }).action(
    (options: SharedOptions) => run(options, listModels),
  );
  addCommand(models, 'import <file>', 'copy a GGUF encoder or reranker into the data folder').action(
    (file: string, options: SharedOptions) => run(options, (context) => importModel(context, file)),
  );
  addCommand(
    models,
    'use <model>',
    'make new vectors with an encoder, given by id or name, and switch to it; a reranker is used at once',
  ).action((model: string, options: SharedOptions) => run(options, (context) => useModel(context, model)));
  addCommand(
    models,
    'download <model>',
    'fetch an encoder or reranker of the catalogue, given by name',
  ).action((model: string, options: SharedOptions) =>
    run(options, (context) => downloadModel(context, model)),
  );
  addCommand(
    models,
    'rerank [reranker]',
    'choose what reads the first passages of a search once more: none, a reranker by id or name, or a GGUF file',
  ).action((choice: string | undefined, options: SharedOptions) =>
    run(options, (context) => chooseReranker(context, choice)),
  );
  addCommand(
    models,
    'chat [choice]',
    'choose who writes answers: none, an address of this machine, a GGUF file or an id',
  )
    .option('--name <model>', 'which of the models of a server', '')
    .action((choice: string | undefined, options: SharedOptions & { name: string }) =>
      run(options, (context) => chooseChatModel(context, choice, options.name)),
    );
}

async function listModels(context: CommandContext): Promise<ExitCode> {
  const { terminal, library, json } = context;
  return await withEngine(context, async (client) => {
    const models = await client.models.list();
    const known = (await client.libraries.list()).find(({ name }) => name === library);
    const passages = known?.meaning.passages ?? 0;
    if (json) terminal.printJson({ models });
    else
      terminal.print(
        models.map((model) => formatModel(model, passages)).join('\n') ||
          'There is no encoder. Import one: llara models import FILE.gguf',
      );
    return exitCodes.success;
  });
}

async function importModel(context: CommandContext, file: string): Promise<ExitCode> {
  const { terminal, json } = context;
  return await withEngine(context, async (client) => {
    const model = await client.models.import({ path: resolve(file) });
    if (json) terminal.printJson(model);
    else terminal.print(formatImported(model));
    return exitCodes.success;
  });
}

function formatImported({ name, kind, isLanguageModel }: Model): string {
  if (kind === 'reranker')
    return `Imported ${name}, a reranker. To have it read the first passages of each search: llara models rerank ${quoted(name)}`;
  const imported = `Imported ${name}. To use it: llara models use ${quoted(name)}`;
  return isLanguageModel
    ? `${imported}\nIt is a language model, not made for searching: use it, then let it learn your documents with "llara adapt --budget 30m".`
    : imported;
}

async function useModel(context: CommandContext, wanted: string): Promise<ExitCode> {
  const { terminal, library, json } = context;
  return await withEngine(context, async (client) => {
    const model = await findModel(client, wanted);
    if (model.kind === 'reranker') return await useReranker(context, client, model);
    await showJob(context, client, () => client.models.use({ library, modelId: model.id }));
    if (json) terminal.printJson({ library, model: model.id, name: model.name });
    else terminal.print(`The library "${library}" now uses ${model.name}.`);
    return exitCodes.success;
  });
}

async function downloadModel(context: CommandContext, wanted: string): Promise<ExitCode> {
  const { terminal, json } = context;
  return await withEngine(context, async (client) => {
    const model = await findModel(client, wanted);
    if (model.path === null)
      await showJob(context, client, () => client.models.download({ modelId: model.id }));
    const there = (await client.models.list()).find(({ name, path }) => name === model.name && path !== null);
    if (json) terminal.printJson(there ?? model);
    else if (model.path !== null) terminal.print(`${model.name} is there already, at ${model.path}.`);
    else
      terminal.print(
        `Downloaded ${model.name}. To use it: llara models use ${quoted((there ?? model).name)}`,
      );
    return exitCodes.success;
  });
}

function formatModel(model: Model, passages: number): string {
  const size = `${(model.sizeBytes / 1024 / 1024).toFixed(0)} MB`;
  const dimension = model.dimension === null ? [] : [`${model.dimension} dimensions`];
  const facts = [
    ...(model.kind === 'reranker' ? ['reranker'] : []),
    model.source,
    size,
    ...dimension,
    ...formatPace(model, passages),
    ...(model.isLanguageModel ? ['language model, to be adapted'] : []),
    ...(model.unusable ? [`cannot be used: ${model.unusable}`] : []),
  ];
  return `${model.active ? '*' : ' '} ${model.id}  ${model.name}  (${facts.join(', ')})`;
}

/** Of a reranker what a question takes: as it took here, else as it is reckoned. */
function formatPace({ kind, cost, questionMs }: Model, passages: number): string[] {
  if (kind === 'encoder') return cost ? [formatCost(cost, passages)] : [];
  if (questionMs !== null) return [`the last question took ${Math.round(questionMs)} ms`];
  if (!cost) return [];
  return [`about ${Number((passagesOfQuestion / cost.passagesPerSecond).toPrecision(2))} s a question`];
}

/** The time for a library's vectors is said where it takes a minute or more. */
function formatCost({ passagesPerSecond }: ModelCost, passages: number): string {
  const pace = `about ${Number(passagesPerSecond.toPrecision(2))} passages/s`;
  const seconds = passages / passagesPerSecond;
  return seconds < 60 ? pace : `${pace}, ${roughDuration(seconds)} for this library`;
}
