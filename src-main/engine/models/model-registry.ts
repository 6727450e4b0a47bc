/**
 * Which encoders and rerankers there are: the bundled one, those a person imported, and those of the catalogue that could be
 * downloaded. It looks at files only; loading them is the encoder pool's part.
 */
import { rm, rmdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { AppError } from '../../common/app-error.ts';
import type { Model } from '../../contract/models.ts';
import { describeModel, type ModelDescription } from '../../llara/describe-model.ts';
import type { DownloadSource } from '../downloads/download-file.ts';
import { catalogue } from './catalogue.ts';
import { fittingModel } from './fitting-model.ts';
import { modelCost, type Pace } from './model-cost.ts';
import { type ModelFile, ModelFiles } from './model-file.ts';
import { copyModelInto, ggufFilesBelow } from './model-folder.ts';
import { type DownloadableModel, rerankerCatalogue } from './reranker-catalogue.ts';

export type UsableModel = ModelFile & { source: 'bundled' | 'imported'; description: ModelDescription };

export class ModelRegistry {
  readonly #bundledDirectory: string;
  readonly #importedDirectory: string;
  readonly #override: string | undefined;
  readonly #rememberedIds: string;
  readonly #files: ModelFiles;

  /** `override` is a GGUF file that takes the bundled one's place as the default; `rememberedIds` the file that remembers what files are. */
  constructor(directories: {
    bundled: string;
    imported: string;
    override: string | undefined;
    rememberedIds: string;
  }) {
    this.#bundledDirectory = directories.bundled;
    this.#importedDirectory = directories.imported;
    this.#override = directories.override;
    this.#rememberedIds = directories.rememberedIds;
    this.#files = new ModelFiles(directories.rememberedIds);
  }

  /** The same models, with a GGUF file of anywhere in place of the bundled one. */
  withDefault(path: string): ModelRegistry {
    return new ModelRegistry({
      bundled: this.#bundledDirectory,
      imported: this.#importedDirectory,
      override: path,
      rememberedIds: this.#rememberedIds,
    });
  }

  /** Bundled ones first; a file that cannot be used is listed with the reason. `paces` of encoders by their ids, for what others would cost. */
  async list(used: ReadonlySet<string>, paces: ReadonlyMap<string, number> = new Map()): Promise<Model[]> {
    const found = await this.#found();
    const present = new Set(found.map(({ path }) => basename(path)));
    const missing = downloadable.filter((entry) => !present.has(fileNameOf(entry.url)));
    const usable = await Promise.all(
      found.map(async ({ path, source }) => {
        const file = await this.#files.identify(path);
        const described: unknown = await describeModel(path).catch((error: unknown) => error);
        const description = described instanceof Error ? null : (described as ModelDescription);
        const model = toModel(file, source, described, used.has(file.id));
        return { model, shape: description?.shape ?? null };
      }),
    );
    const pace = usable
      .flatMap(({ model: { id }, shape }): Pace[] => {
        const passagesPerSecond = paces.get(id);
        return shape && passagesPerSecond ? [{ shape, passagesPerSecond }] : [];
      })
      .at(0);
    const listed = [
      ...usable,
      ...missing.map(({ shape, ...entry }) => ({ model: toDownloadable(entry), shape })),
    ];
    return listed.map(({ model, shape }) => ({
      ...model,
      cost: modelCost({ shape, sizeBytes: model.sizeBytes }, pace ?? null),
    }));
  }

  /** Where a model of the catalogue comes from. Throws `not-found`. */
  downloadSource(id: string): DownloadSource {
    const entry = downloadable.find((candidate) => candidate.id === id);
    if (!entry) throw new AppError('not-found', `There is no model ${id} in the catalogue.`);
    return { name: entry.name, url: entry.url, fileName: fileNameOf(entry.url) };
  }

  get importedDirectory(): string {
    return this.#importedDirectory;
  }

  /** Throws `model-missing`. */
  async find(id: string): Promise<UsableModel> {
    for (const { path, source } of await this.#found()) {
      const file = await this.#files.identify(path);
      if (file.id === id) return { ...file, source, description: await describeModel(path) };
    }
    throw new AppError(
      'model-missing',
      `The model ${id} is not here any more. Import its GGUF file again, or choose another model.`,
    );
  }

  /** The encoder of a new library, or null if the product has none. */
  async defaultModel(): Promise<UsableModel | null> {
    const [first] = (await this.#found()).filter((found) => found.source === 'bundled');
    if (!first) return null;
    return {
      ...(await this.#files.identify(first.path)),
      source: 'bundled',
      description: await describeModel(first.path),
    };
  }

  /** The encoder of a new library whose passages are in these languages (ISO 639-1, part of the passages). */
  async modelFor(shares: ReadonlyMap<string, number>): Promise<UsableModel | null> {
    const bundled: UsableModel[] = [];
    for (const { path, source } of await this.#found()) {
      if (source !== 'bundled') continue;
      bundled.push({ ...(await this.#files.identify(path)), source, description: await describeModel(path) });
    }
    const fitting = fittingModel(
      bundled.map((model) => ({ model, languages: model.description.languages })),
      shares,
    );
    return fitting?.model ?? null;
  }

  /**
   * Copies a GGUF file into the product's own folder, or finds it there. Throws `path-not-readable`, `model-invalid`, `not-supported` or
   * `disk-full`.
   */
  async import(path: string): Promise<UsableModel> {
    const description = await describeModel(path);
    if (description.isChatModelOnly) {
      throw new AppError(
        'not-supported',
        `${path} is a chat model of the architecture ${description.architecture}: it was not made to embed texts, and only language models of llama, Qwen2 or Qwen3 architecture can learn it here. Import an embedding model, or let this one write answers: llara models chat ${basename(path)}.`,
      );
    }
    const { id } = await this.#files.identify(path);
    const known = await this.find(id).catch(() => null);
    if (known) return known;
    const target = await copyModelInto(this.#importedDirectory, path);
    return { ...(await this.#files.identify(target)), source: 'imported', description };
  }

  async remove(id: string): Promise<void> {
    const model = await this.find(id);
    if (model.source === 'bundled')
      throw new AppError('conflict', `${model.fileName} comes with the product and stays.`);
    await rm(model.path);
    // The folder named by its content; a file imported by an older version lies beside those of others.
    if (basename(dirname(model.path)) === id) await rmdir(dirname(model.path)).catch(() => undefined);
  }

  async #found(): Promise<{ path: string; source: 'bundled' | 'imported' }[]> {
    const bundled = this.#override ? [this.#override] : await ggufFilesBelow(this.#bundledDirectory);
    const imported = await ggufFilesBelow(this.#importedDirectory);
    return [
      ...bundled.map((path) => ({ path, source: 'bundled' as const })),
      ...imported.map((path) => ({ path, source: 'imported' as const })),
    ];
  }
}

/** Each says what it is. */
const downloadable: readonly DownloadableModel[] = [
  ...catalogue.map((entry) => ({ ...entry, kind: 'encoder' as const })),
  ...rerankerCatalogue,
];

function toModel(
  file: ModelFile,
  source: UsableModel['source'],
  described: unknown,
  active: boolean,
): Omit<Model, 'cost'> {
  const description = described instanceof Error ? null : (described as ModelDescription);
  return {
    id: file.id,
    kind: description?.kind ?? 'encoder',
    name: description?.name ?? file.fileName,
    path: file.path,
    source,
    architecture: description?.architecture ?? null,
    dimension: description?.kind === 'encoder' ? description.dimension : null,
    contextLength: description?.contextLength ?? null,
    sizeBytes: file.sizeBytes,
    licence: description?.licence ?? null,
    languages: description?.languages ?? [],
    url: null,
    sha256: null,
    active,
    unusable: described instanceof Error ? described.message : null,
    isLanguageModel: description?.isLanguageModel ?? false,
    questionMs: null,
  };
}

const fileNameOf = (url: string): string => basename(new URL(url).pathname);

const toDownloadable = (entry: Omit<DownloadableModel, 'shape'>): Omit<Model, 'cost'> => ({
  ...entry,
  path: null,
  source: 'catalogue',
  sha256: null,
  active: false,
  unusable: null,
  isLanguageModel: false,
  questionMs: null,
});
