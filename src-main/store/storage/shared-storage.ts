/**
 * The tables of a library at an address that several machines reach: one of them writes, under a lease, and any number read. A reader changes
 * nothing. Old versions stay for a while, since somebody may be reading them.
 */
import { type Connection, connect, type Table } from '@lancedb/lancedb';
import type { Schema } from 'apache-arrow';
import { AppError } from '../../common/app-error.ts';
import { storeError } from '../store-error.ts';
import { type SharedAddress, storageOptions } from './shared-address.ts';
import { rowsSchema, StoreRows } from './store-rows.ts';
import type { StoreNote, TableStorage } from './table-storage.ts';
import { type LeaseHolder, type LeaseTimes, WriterLease } from './writer-lease.ts';

/** Tables of the product's own bookkeeping; the names of others never begin so. */
const ownPrefix = '_';
const rowsTableName = '_library';
const noteKey = (name: string): string => `note/${name}`;

export type SharedOptions = {
  /** Null for a reader. */
  holder: LeaseHolder | null;
  leaseTimes?: LeaseTimes;
};

export class SharedStorage implements TableStorage {
  readonly address: string;
  readonly upkeep = { isShared: true };
  readonly rows: StoreRows;
  readonly #connection: Connection;
  readonly #lease: WriterLease | null;
  #isClosed = false;

  private constructor(address: string, connection: Connection, rows: StoreRows, lease: WriterLease | null) {
    this.address = address;
    this.#connection = connection;
    this.rows = rows;
    this.#lease = lease;
  }

  /**
   * Without a holder it is only read. Throws `not-found` where a reader finds no library, `library-locked` where another one writes, `unreachable`,
   * `access-denied`.
   */
  static async open(address: SharedAddress, { holder, leaseTimes }: SharedOptions): Promise<SharedStorage> {
    const { uri } = address;
    const what = `opening ${uri}`;
    let lease: WriterLease | null = null;
    try {
      const connection = await connect(uri, { storageOptions: storageOptions(address) });
      // What a reader may open was made by a writer before; nobody makes anything of a wrong address.
      const found = await openOrNull(connection, rowsTableName);
      if (!found && !holder) {
        throw new AppError(
          'not-found',
          `There is no library at ${uri}. Check the address, or make one: llara library create NAME --at ${uri}`,
        );
      }
      if (holder) lease = await WriterLease.acquire(connection, uri, holder, leaseTimes);
      const table = found ?? (await openOrNull(connection, rowsTableName));
      const rows = table ?? (await connection.createEmptyTable(rowsTableName, rowsSchema));
      return new SharedStorage(uri, connection, new StoreRows(rows), lease);
    } catch (error) {
      await lease?.release();
      throw storeError(error, what);
    }
  }

  get isReadOnly(): boolean {
    return this.#lease === null;
  }

  /** By which a later process of the same data folder knows the lease as its own. */
  get leaseToken(): string | null {
    return this.#lease?.token ?? null;
  }

  async list(): Promise<string[]> {
    const names: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = await this.#connection.listTables(pageToken === undefined ? {} : { pageToken });
      names.push(...page.tables);
      pageToken = page.pageToken;
    } while (pageToken);
    return names.filter((name) => !name.startsWith(ownPrefix));
  }

  open(name: string): Promise<Table | null> {
    return openOrNull(this.#connection, name);
  }

  async create(name: string, schema: Schema): Promise<Table> {
    await this.beforeWrite();
    return await this.#connection.createEmptyTable(name, schema);
  }

  /** A kill in between may leave files of a table that does not open; making a table of this name again replaces them. */
  async drop(name: string): Promise<void> {
    await this.beforeWrite();
    if ((await this.#connection.listTables()).tables.includes(name)) await this.#connection.dropTable(name);
  }

  note(name: string): StoreNote {
    const key = noteKey(name);
    return {
      read: () => this.rows.get(key),
      write: async (text) => {
        await this.beforeWrite();
        await this.rows.put(new Map([[key, text]]));
      },
      remove: async () => {
        await this.beforeWrite();
        if ((await this.rows.get(key)) !== undefined) await this.rows.remove([key]);
      },
    };
  }

  async beforeWrite(): Promise<void> {
    if (this.#lease) return await this.#lease.check();
    throw new AppError(
      'read-only',
      `The library at ${this.address} is only read from here. Whatever changes it is done on the machine that writes it.`,
    );
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#lease?.release();
    this.rows.close();
    this.#connection.close();
  }
}

async function openOrNull(connection: Connection, name: string): Promise<Table | null> {
  try {
    return await connection.openTable(name);
  } catch (error) {
    const message = String(error);
    if (/NoSuchBucket/i.test(message) || !/was not found/i.test(message)) throw error;
    return null;
  }
}
