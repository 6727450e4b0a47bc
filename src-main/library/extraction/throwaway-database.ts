/**
 * A SQLite file of what can be made again from the documents: one that is damaged is thrown away, and none of its failures is one of
 * the engine.
 */
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isFull, isReadOnly } from '../manifest/sqlite/migrate-database.ts';

export class ThrowawayDatabase {
  readonly #path: string;
  readonly #schema: string;
  readonly #onOpen: (database: DatabaseSync) => void;
  /** Null where no file can be written: then nothing is kept. */
  #database: DatabaseSync | null = null;

  /** `schema` makes the tables where they are not there. `onOpen` sees the file whenever it was opened, also a new one. */
  constructor(path: string, schema: string, onOpen: (database: DatabaseSync) => void = () => {}) {
    this.#path = path;
    this.#schema = schema;
    this.#onOpen = onOpen;
    this.#open() || this.#startAnew();
  }

  /** Undefined where nothing is kept just now. */
  attempt<T>(work: (database: DatabaseSync) => T): T | undefined {
    if (!this.#database) return undefined;
    try {
      return work(this.#database);
    } catch (error) {
      // Whatever else is wrong with it, what it held can be made again from the documents.
      if (!isFull(error) && !isReadOnly(error)) this.#startAnew();
      return undefined;
    }
  }

  /** False where there is nothing that could be copied. */
  copyTo(path: string): boolean {
    return this.attempt((database) => database.prepare('VACUUM INTO ?').run(path)) !== undefined;
  }

  close(): void {
    try {
      this.#database?.close();
    } catch {
      // It holds nothing that is not in the files.
    }
    this.#database = null;
  }

  #open(): boolean {
    try {
      this.#database = new DatabaseSync(this.#path);
      this.#database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${this.#schema}`);
      this.#onOpen(this.#database);
      return true;
    } catch (error) {
      this.close();
      // Where nothing can be written just now, what is there is kept for later.
      return isFull(error) || isReadOnly(error);
    }
  }

  #startAnew(): void {
    this.close();
    try {
      for (const suffix of ['', '-wal', '-shm'])
        rmSync(this.#path + suffix, { force: true, recursive: true });
      this.#open();
    } catch {
      // The folder cannot be written just now; it is made whenever it can be.
    }
  }
}
