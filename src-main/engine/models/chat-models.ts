/** Which chat models there are as files: those a person imported, and those of the catalogue that could be downloaded. None ships with the product. */
import { rm, rmdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { AppError } from '../../common/app-error.ts';
import type { ChatModel } from '../../contract/answers/answers.ts';
import { type ChatModelDescription, describeChatModel } from '../../llara/describe-chat-model.ts';
import type { DownloadSource } from '../downloads/download-file.ts';
import { chatCatalogue } from './chat-catalogue.ts';
import { type ModelFile, ModelFiles } from './model-file.ts';
import { copyModelInto, ggufFilesBelow } from './model-folder.ts';

export type UsableChatModel = ModelFile & { description: ChatModelDescription };

export class ChatModels {
  readonly directory: string;
  readonly #files: ModelFiles;

  /** `rememberedIds` is the file that remembers what was hashed. */
  constructor({ directory, rememberedIds }: { directory: string; rememberedIds: string }) {
    this.directory = directory;
    this.#files = new ModelFiles(rememberedIds);
  }

  async list(): Promise<ChatModel[]> {
    const paths = await ggufFilesBelow(this.directory);
    const present = new Set(paths.map((path) => basename(path)));
    const missing = chatCatalogue.filter(({ url }) => !present.has(fileNameOf(url)));
    return [
      ...(await Promise.all(paths.map((path) => this.#describe(path)))),
      ...missing.map((entry): ChatModel => ({ ...entry, path: null, source: 'catalogue', unusable: null })),
    ];
  }

  /** `id` is empty for the only one there is. Throws `model-missing` or `model-invalid`. */
  async find(id: string): Promise<UsableChatModel> {
    const paths = await ggufFilesBelow(this.directory);
    for (const path of id === '' && paths.length > 1 ? [] : paths) {
      const file = await this.#files.identify(path);
      if (id === '' || file.id === id) return { ...file, description: await describeChatModel(path) };
    }
    const which =
      id !== ''
        ? `The chat model ${id} is not here any more.`
        : paths.length > 1
          ? 'There are several chat models.'
          : 'There is no chat model.';
    throw new AppError('model-missing', `${which} Choose one under Settings, or with: llara models chat`);
  }

  /** Null for what the catalogue does not hold. */
  downloadSource(id: string): DownloadSource | null {
    const entry = chatCatalogue.find((candidate) => candidate.id === id);
    return entry ? { name: entry.name, url: entry.url, fileName: fileNameOf(entry.url) } : null;
  }

  /** Copies a GGUF file into the product's own folder. Throws `path-not-readable`, `model-missing`, `model-invalid` or `disk-full`. */
  async import(path: string): Promise<ChatModel> {
    await describeChatModel(path);
    return await this.#describe(await copyModelInto(this.directory, path));
  }

  async remove(id: string): Promise<void> {
    const { path } = await this.find(id);
    await rm(path);
    await rmdir(dirname(path)).catch(() => undefined); // Another file may lie beside it.
  }

  async #describe(path: string): Promise<ChatModel> {
    const { id, fileName, sizeBytes } = await this.#files.identify(path);
    const described = await describeChatModel(path).catch((error: unknown) => error);
    const description = described instanceof Error ? null : (described as ChatModelDescription);
    return {
      id,
      name: description?.name ?? fileName,
      path,
      source: 'imported',
      sizeBytes,
      licence: description?.licence ?? null,
      url: null,
      unusable: described instanceof Error ? described.message : null,
    };
  }
}

const fileNameOf = (url: string): string => basename(new URL(url).pathname);
