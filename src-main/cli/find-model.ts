/** Finds the model that a person names on a command line. */
import { basename } from 'node:path';
import { AppError } from '../common/app-error.ts';
import type { Model } from '../contract/models.ts';
import type { EngineClient } from './connect-engine.ts';

/** As it can be typed again. */
export const quoted = (name: string) => (/^[\w.-]+$/.test(name) ? name : `"${name}"`);

/** By id, by the beginning of an id, by name, or by the name of its file. */
export async function findModel(client: EngineClient, wanted: string, kind?: Model['kind']): Promise<Model> {
  const models = (await client.models.list()).filter((model) => kind === undefined || model.kind === kind);
  const found = models.filter(
    (model) => model.id === wanted || namesOf(model).includes(wanted.toLowerCase()),
  );
  const matches = found.length > 0 ? found : models.filter((model) => model.id.startsWith(wanted));
  if (matches.length === 1 && matches[0]) return matches[0];
  const known = models.map((model) => `${model.id} (${model.name})`).join(', ') || 'none';
  const what = kind ?? 'model';
  const problem =
    matches.length > 1 ? `"${wanted}" is more than one ${what}` : `There is no ${what} "${wanted}"`;
  throw new AppError('not-found', `${problem}. Known: ${known}.`);
}

const namesOf = ({ name, path }: Model) =>
  [name, ...(path === null ? [] : [basename(path), basename(path, '.gguf')])].map((text) =>
    text.toLowerCase(),
  );
