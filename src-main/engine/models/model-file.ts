/**
 * Describes a model file: path, size, and the id, made from its content, by which everything else refers to it.
 */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { hashFile } from '../../library/extraction/hash-file.ts';

export type ModelFile = {
  /** SHA-256 of the file's content, first 16 hex digits. */
  id: string;
  path: string;
  fileName: string;
  sizeBytes: number;
};

/** `hash` is the SHA-256 of the whole file in hex. */
export const modelId = (hash: string): string => hash.slice(0, 16);

/** Hashing gigabytes takes seconds, so what is known of an unchanged file is remembered. */
export class ModelFiles {
  readonly #known = new Map<string, { stamp: string; file: ModelFile }>();

  async identify(path: string): Promise<ModelFile> {
    const { size, mtimeMs } = await stat(path);
    const stamp = `${size}:${mtimeMs}`;
    const known = this.#known.get(path);
    if (known?.stamp === stamp) return known.file;
    const file = { id: modelId(await hashFile(path)), path, fileName: basename(path), sizeBytes: size };
    this.#known.set(path, { stamp, file });
    return file;
  }
}
