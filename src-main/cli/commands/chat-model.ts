/** `llara models chat`: who writes answers: nobody, a server of this machine, or a model file. Without a choice, shows what there is. */
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { AppError } from '../../common/app-error.ts';
import type { ChatModel } from '../../contract/answers/answers.ts';
import { type CommandContext, withEngine } from '../command-context.ts';
import type { EngineClient } from '../connect-engine.ts';
import { type ExitCode, exitCodes } from '../output/exit-codes.ts';
import { showJob } from '../output/show-job.ts';

/** `choice` is `none`, an address, a file, or a model by id or name; `serverModel` is one of the server's. */
export async function chooseChatModel(
  context: CommandContext,
  choice: string | undefined,
  serverModel: string,
): Promise<ExitCode> {
  const { terminal, json } = context;
  return await withEngine(context, async (client) => {
    if (choice === 'none') await client.settings.update({ chatSource: 'none' });
    else if (choice !== undefined && /^https?:/i.test(choice)) {
      const offered = await client.answers.serverModels({ server: choice });
      if (serverModel !== '' && !offered.includes(serverModel))
        throw new AppError(
          'not-found',
          `The server has no model "${serverModel}". It has: ${offered.join(', ') || 'none'}.`,
        );
      await client.settings.update({
        chatSource: 'server',
        chatServer: choice,
        chatServerModel: serverModel,
      });
    } else if (choice !== undefined) {
      const { id } = await findOrFetch(context, client, choice);
      await client.settings.update({ chatSource: 'model', chatModel: id });
    }
    const models = await client.answers.models();
    const { chatSource, chatServer, chatServerModel, chatModel } = await client.settings.get();
    if (json) terminal.printJson({ chatSource, chatServer, chatServerModel, chatModel, models });
    else
      terminal.print(
        `${inWords(chatSource, chatServer, chatServerModel, models, chatModel)}\n\n${list(models)}`,
      );
    return exitCodes.success;
  });
}

async function findOrFetch(
  context: CommandContext,
  client: EngineClient,
  wanted: string,
): Promise<ChatModel> {
  if (wanted.endsWith('.gguf') && existsSync(wanted))
    return await client.answers.import({ path: resolve(wanted) });
  const find = async () => {
    const models = await client.answers.models();
    return models.filter(
      ({ id, name, path }) =>
        id === wanted ||
        name.toLowerCase() === wanted.toLowerCase() ||
        (path !== null && basename(path, '.gguf').toLowerCase() === wanted.toLowerCase()),
    );
  };
  const [found] = await find();
  if (!found) {
    const known = (await client.answers.models()).map(({ id, name }) => `${id} (${name})`).join(', ');
    throw new AppError('not-found', `There is no chat model "${wanted}". Known: ${known}, or a .gguf file.`);
  }
  if (found.path !== null) return found;
  const job = await showJob(context, client, () => client.answers.download({ modelId: found.id }));
  const { path } = job.result as { path: string };
  const fetched = (await client.answers.models()).find((model) => model.path === path);
  if (fetched) return fetched;
  throw new AppError('model-missing', `${found.name} was downloaded and is not there.`);
}

function inWords(
  source: string,
  server: string,
  serverModel: string,
  models: readonly ChatModel[],
  chosen: string,
): string {
  if (source === 'none') return 'Nobody writes answers. Choose: llara models chat ADDRESS, FILE.gguf or ID';
  if (source === 'server') return `Answers are written by ${serverModel || 'the first model'} at ${server}.`;
  return `Answers are written by ${models.find(({ id }) => id === chosen)?.name ?? chosen}.`;
}

const list = (models: readonly ChatModel[]): string =>
  models
    .map(({ id, name, sizeBytes, path, unusable }) => {
      const facts = [
        `${(sizeBytes / 1e9).toFixed(1)} GB`,
        ...(path === null ? ['to download'] : []),
        ...(unusable === null ? [] : [`cannot be used: ${unusable}`]),
      ];
      return `${id}  ${name}  (${facts.join(', ')})`;
    })
    .join('\n');
