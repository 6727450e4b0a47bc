/** The tables of a library in a folder of this machine, which one process at a time has open: its owner's lock sees to that. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Connection, connect, type Table } from '@lancedb/lancedb';
import type { Schema } from 'apache-arrow';
import { replaceFile } from '../../common/replace-file.ts';
import { storeError } from '../store-error.ts';
import type { StoreNote, TableStorage } from './table-storage.ts';

const tableSuffix = '.lance';
const droppedPrefix = '.dropped-';

export class LocalStorage implements TableStorage {
  readonly address: string;
  readonly isReadOnly = false;
  readonly upkeep = { isShared: false };
  readonly #connection: Connection;

  private constructor(directory: string, connection: Connection) {
    this.address = directory;
    this.#connection = connection;
  }

  /** Makes the folder if it is missing, and clears away what an interrupted `drop` left. */
  static async open(directory: string): Promise<LocalStorage> {
    try {
      await mkdir(directory, { recursive: true });
      const leftovers = (await readdir(directory)).filter((name) => name.startsWith(droppedPrefix));
      for (const name of leftovers) await rm(join(directory, name), { recursive: true, force: true });
      return new LocalStorage(directory, await connect(directory));
    } catch (error) {
      throw storeError(error, `opening ${directory}`);
    }
  }

  async list(): Promise<string[]> {
    const names = await readdir(this.address);
    return names
      .filter((name) => name.endsWith(tableSuffix) && !name.startsWith('.'))
      .map((name) => name.slice(0, -tableSuffix.length))
      .filter((name) => this.#hasCommit(name));
  }

  async open(name: string): Promise<Table | null> {
    if (this.#hasCommit(name)) return await this.#connection.openTable(name);
    // A folder without a commit is what a kill in mid-creation leaves; it holds nothing.
    await rm(this.#pathOf(name), { recursive: true, force: true });
    return null;
  }

  create(name: string, schema: Schema): Promise<Table> {
    return this.#connection.createEmptyTable(name, schema);
  }

  /** The folder is moved aside first, so that a kill leaves all of it or nothing. */
  async drop(name: string): Promise<void> {
    const dropped = join(this.address, `${droppedPrefix}${name}`);
    if (existsSync(this.#pathOf(name))) await rename(this.#pathOf(name), dropped);
    await rm(dropped, { recursive: true, force: true });
  }

  note(name: string): StoreNote {
    const path = join(this.address, `${name}.json`);
    return {
      // Not there, or not readable: whoever asks makes it anew.
      read: () => readFile(path, 'utf8').catch(() => undefined),
      write: (text) => replaceFile(path, text),
      remove: () => rm(path, { force: true }),
    };
  }

  async beforeWrite(): Promise<void> {}

  async close(): Promise<void> {
    this.#connection.close();
  }

  #pathOf(name: string): string {
    return join(this.address, `${name}${tableSuffix}`);
  }

  #hasCommit(name: string): boolean {
    return existsSync(join(this.#pathOf(name), '_versions'));
  }
}
