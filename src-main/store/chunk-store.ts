/**
 * The passages of one library: a LanceDB database in a folder, with one table per vector set. Everything in it can be made
 * again from the documents; what must not be lost is not here. One process at a time may have it open, which its owner's lock ensures.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Connection, connect, type Table } from '@lancedb/lancedb';
import { AppError } from '../common/app-error.ts';
import { chunkSchema } from './chunk-columns.ts';
import { ChunkSet } from './chunk-set.ts';
import { storeError } from './store-error.ts';

export type { ChunkSet } from './chunk-set.ts';

const tableSuffix = '.lance';
const droppedPrefix = '.dropped-';

export class ChunkStore {
  readonly directory: string;
  readonly #connection: Connection;
  readonly #sets = new Map<string, Promise<ChunkSet>>();

  private constructor(directory: string, connection: Connection) {
    this.directory = directory;
    this.#connection = connection;
  }

  /** Makes the folder if it is missing, and clears away what an interrupted `dropSet` left. */
  static async open(directory: string): Promise<ChunkStore> {
    try {
      await mkdir(directory, { recursive: true });
      const leftovers = (await readdir(directory)).filter((name) => name.startsWith(droppedPrefix));
      for (const name of leftovers) await rm(join(directory, name), { recursive: true, force: true });
      return new ChunkStore(directory, await connect(directory));
    } catch (error) {
      throw storeError(error, `opening ${directory}`);
    }
  }

  /**
   * Opens the set, or makes it if it is missing. `dimension` 0 makes a set of words only. The same object is returned for the same id.
   * Throws `library-corrupt` for a damaged table, or one made for vectors of another length.
   */
  async openSet(setId: string, dimension: number): Promise<ChunkSet> {
    if (!/^[\w.-]{1,200}$/.test(setId) || setId.startsWith('.')) {
      throw new AppError('bad-request', `“${setId}” cannot name a vector set.`);
    }
    let opening = this.#sets.get(setId);
    if (!opening) {
      opening = this.#openTable(setId, dimension);
      this.#sets.set(setId, opening);
      opening.catch(() => this.#sets.delete(setId));
    }
    const set = await opening;
    if (set.dimension !== dimension) throw dimensionMismatch(setId, set.dimension, dimension);
    return set;
  }

  async listSets(): Promise<string[]> {
    const names = await readdir(this.directory);
    return names
      .filter((name) => name.endsWith(tableSuffix) && !name.startsWith('.'))
      .map((name) => name.slice(0, -tableSuffix.length))
      .filter((name) => hasCommit(this.#tablePath(name)));
  }

  /** Does nothing to a set that is not there. The folder is moved aside first, so that a kill leaves all of it or nothing. */
  async dropSet(setId: string): Promise<void> {
    const opened = this.#sets.get(setId);
    this.#sets.delete(setId);
    if (opened) await (await opened).close();
    const dropped = join(this.directory, `${droppedPrefix}${setId}`);
    if (existsSync(this.#tablePath(setId))) await rename(this.#tablePath(setId), dropped);
    await rm(dropped, { recursive: true, force: true });
    await rm(this.#statePath(setId), { force: true });
  }

  /** Idempotent; waits for writes that are under way. */
  async close(): Promise<void> {
    const sets = await Promise.allSettled(this.#sets.values());
    this.#sets.clear();
    for (const set of sets) if (set.status === 'fulfilled') await set.value.close();
    this.#connection.close();
  }

  async #openTable(setId: string, dimension: number): Promise<ChunkSet> {
    const path = this.#tablePath(setId);
    try {
      const table = hasCommit(path)
        ? await this.#connection.openTable(setId)
        : await this.#createTable(setId, dimension);
      const found = await dimensionOf(table, dimension);
      if (found !== dimension) throw dimensionMismatch(setId, found, dimension);
      return await ChunkSet.open(setId, dimension, table, this.#statePath(setId));
    } catch (error) {
      throw storeError(error, `opening ${path}`);
    }
  }

  /** A folder without a commit is what a kill in mid-creation leaves; it holds nothing. */
  async #createTable(setId: string, dimension: number): Promise<Table> {
    await rm(this.#tablePath(setId), { recursive: true, force: true });
    return await this.#connection.createEmptyTable(setId, chunkSchema(dimension));
  }

  #tablePath(setId: string): string {
    return join(this.directory, `${setId}${tableSuffix}`);
  }

  #statePath(setId: string): string {
    return join(this.directory, `${setId}.vector-index.json`);
  }
}

const hasCommit = (tablePath: string): boolean => existsSync(join(tablePath, '_versions'));

/** Compares the columns with those of this version of the product; -1 for a table of another layout. */
async function dimensionOf(table: Table, expected: number): Promise<number> {
  const { fields } = await table.schema();
  const vector = fields.find((field) => field.name === 'vector');
  const dimension = vector ? Number((vector.type as { listSize?: number }).listSize ?? -1) : 0;
  const names = new Set(fields.map((field) => field.name));
  const isComplete = chunkSchema(expected).fields.every(({ name }) => name === 'vector' || names.has(name));
  return isComplete ? dimension : -1;
}

const dimensionMismatch = (setId: string, found: number, expected: number): AppError =>
  new AppError(
    'library-corrupt',
    found < 0
      ? `The search index ${setId} was made by another version of the product. Rebuild the index.`
      : `The search index ${setId} holds vectors of ${found} numbers where the encoder makes ${expected}. Rebuild the index.`,
  );
