/**
 * Describes a model file: path, size, and the id, made from its content, by which everything else refers to it.
 */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../../common/replace-file.ts';
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

const rememberedSchema = z.record(z.string(), z.object({ stamp: z.string(), id: z.string() }));

type Remembered = z.infer<typeof rememberedSchema>;

/**
 * Hashing gigabytes takes seconds, and hashing the bundled encoder a tenth of the time in which a command answers; so what is known of an
 * unchanged file is remembered, also from one start to the next.
 */
export class ModelFiles {
  readonly #path: string;
  #known: Promise<Remembered> | null = null;
  #writing: Promise<void> = Promise.resolve();

  /** `path` is the file that remembers; without it, or where it cannot be written, files are hashed again. */
  constructor(path: string) {
    this.#path = path;
  }

  async identify(path: string): Promise<ModelFile> {
    const { size, mtimeMs, ino } = await stat(path);
    const stamp = `${size}:${mtimeMs}:${ino}`;
    this.#known ??= this.#read();
    const known = await this.#known;
    let id = known[path]?.stamp === stamp ? known[path].id : null;
    if (id === null) {
      id = modelId(await hashFile(path));
      known[path] = { stamp, id };
      this.#writing = this.#writing.then(() =>
        replaceFile(this.#path, JSON.stringify(known)).catch(() => {}),
      );
      await this.#writing;
    }
    return { id, path, fileName: basename(path), sizeBytes: size };
  }

  async #read(): Promise<Remembered> {
    try {
      return rememberedSchema.parse(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch {
      return {}; // Not there yet, or damaged: all of it can be found out again.
    }
  }
}
