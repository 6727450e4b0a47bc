/** `llara models rerank`: what reads the first passages of a search once more. Without a choice, shows what there is. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '../../common/app-error.ts';
import type { Model } from '../../contract/models.ts';
import { type CommandContext, withEngine } from '../command-context.ts';
import type { EngineClient } from '../connect-engine.ts';
import { findModel } from '../find-model.ts';
import { type ExitCode, exitCodes } from '../output/exit-codes.ts';
import { showJob } from '../output/show-job.ts';

/** `choice` is `none`, a file, or a reranker by id or name, which is downloaded where it is not there yet. */
export async function chooseReranker(context: CommandContext, choice: string | undefined): Promise<ExitCode> {
  return await withEngine(context, async (client) => {
    if (choice === 'none') await client.settings.update({ reranker: '' });
    else if (choice !== undefined)
      return await useReranker(context, client, await findOrImport(client, choice));
    return await showChoice(context, client);
  });
}

export async function useReranker(
  context: CommandContext,
  client: EngineClient,
  model: Model,
): Promise<ExitCode> {
  const { id } = model.path === null ? await fetch(context, client, model) : model;
  await client.settings.update({ reranker: id });
  return await showChoice(context, client);
}

async function findOrImport(client: EngineClient, wanted: string): Promise<Model> {
  if (!wanted.endsWith('.gguf') || !existsSync(wanted)) return await findModel(client, wanted, 'reranker');
  const model = await client.models.import({ path: resolve(wanted) });
  if (model.kind === 'reranker') return model;
  throw new AppError('model-invalid', `${wanted} is an encoder and no reranker. It was imported as one.`);
}

async function fetch(context: CommandContext, client: EngineClient, { id, name }: Model): Promise<Model> {
  const job = await showJob(context, client, () => client.models.download({ modelId: id }));
  const { path } = job.result as { path: string };
  const fetched = (await client.models.list()).find((model) => model.path === path);
  if (fetched) return fetched;
  throw new AppError('model-missing', `${name} was downloaded and is not there.`);
}

async function showChoice({ terminal, json }: CommandContext, client: EngineClient): Promise<ExitCode> {
  const { reranker } = await client.settings.get();
  const models = (await client.models.list()).filter(({ kind }) => kind === 'reranker');
  if (json) {
    terminal.printJson({ reranker, models });
    return exitCodes.success;
  }
  const name = models.find(({ id }) => id === reranker)?.name ?? reranker;
  const choices = models.map(
    (model) => `${model.id}  ${model.name}${model.path === null ? '  (to download)' : ''}`,
  );
  terminal.print(
    reranker === ''
      ? 'No reranker takes part in searches. Choose: llara models rerank FILE.gguf or ID'
      : `${name} reads the first passages of each search once more. To leave it out: llara models rerank none`,
  );
  terminal.print(`\n${choices.join('\n')}`);
  return exitCodes.success;
}
