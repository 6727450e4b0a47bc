/**
 * Opens the tables of a store, or makes them. All of them can be made again from the documents, so one that is damaged, or that another version of the product
 * laid out otherwise, is replaced by an empty one.
 */
import type { Table } from '@lancedb/lancedb';
import type { Schema } from 'apache-arrow';
import { AppError } from '../../common/app-error.ts';
import type { StoreNote, TableStorage } from '../storage/table-storage.ts';
import { storeError } from '../store-error.ts';
import type { WriteQueue } from '../write-queue.ts';
import { passageSchema } from './passage-columns.ts';
import { PassageTable } from './passage-table.ts';
import type { StoreTable } from './store-table.ts';
import { vectorSchema, windowsColumn } from './vector-columns.ts';
import { VectorTable } from './vector-table.ts';

export const passagesName = 'passages';

export class StoreTables {
  readonly #storage: TableStorage;
  readonly #queue: WriteQueue;
  readonly #repairs: string[] = [];

  constructor(storage: TableStorage, queue: WriteQueue) {
    this.#storage = storage;
    this.#queue = queue;
  }

  async openPassages(): Promise<PassageTable> {
    return await this.#open(passagesName, passageSchema, async (table) => {
      return await PassageTable.open(passagesName, table, this.#queue, this.#storage);
    });
  }

  /** `dimension` null takes the table as it is; then it must be there. */
  async openVectors(name: string, dimension: number | null): Promise<VectorTable> {
    return await this.#open(name, dimension === null ? null : vectorSchema(dimension), async (table) => {
      const found = dimension ?? (await dimensionOf(table));
      return await VectorTable.open(name, table, this.#queue, found, this.#stateOf(name), this.#storage);
    });
  }

  /** What was found damaged and emptied since the last call, in words for a person. */
  takeRepairs(): string[] {
    return this.#repairs.splice(0);
  }

  /** Opens or makes a table; one that is damaged or of another layout is emptied first. `schema` null: one that must be there. */
  async #open<Opened extends StoreTable>(
    name: string,
    schema: Schema | null,
    wrap: (table: Table) => Promise<Opened>,
  ): Promise<Opened> {
    try {
      return await wrap(await this.#openTable(name, schema));
    } catch (cause) {
      const error = storeError(cause, `opening ${name} in ${this.#storage.address}`);
      if (error.code !== 'library-corrupt' || schema === null || this.#storage.isReadOnly) throw error;
      await this.replaceDamaged(name, error);
      return await wrap(await this.#openTable(name, schema));
    }
  }

  async #openTable(name: string, schema: Schema | null): Promise<Table> {
    const table = await this.#storage.open(name);
    if (!table) {
      if (schema && !this.#storage.isReadOnly) return await this.#storage.create(name, schema);
      throw new AppError('library-corrupt', `${this.#storage.address} has no table ${name}.`);
    }
    if (schema && !hasLayout(await table.schema(), schema)) {
      throw new AppError('library-corrupt', `${name} was made by another version of the product.`);
    }
    return table;
  }

  /** By an empty one; `takeRepairs` says so. */
  async replaceDamaged(name: string, cause: unknown): Promise<void> {
    const { message } = storeError(cause, `reading ${name}`);
    const what = name === passagesName ? 'The passages of this library' : `The vectors ${name}`;
    this.#repairs.push(`${what} could not be read and are made again from the documents. ${message}`);
    await this.drop(name);
  }

  async drop(name: string): Promise<void> {
    await this.#storage.drop(name);
    await this.#stateOf(name).remove();
  }

  #stateOf(setId: string): StoreNote {
    return this.#storage.note(`${setId}.vector-index`);
  }
}

/** Same columns in any order, and vectors of the same length. */
function hasLayout(found: Schema, wanted: Schema): boolean {
  const types = new Map(found.fields.map((field) => [field.name, String(field.type)]));
  // A table of an earlier version lacks it; the table adds it when it is opened.
  const fields = wanted.fields.filter(({ name }) => name !== windowsColumn || types.has(name));
  return (
    types.size === fields.length && fields.every((field) => types.get(field.name) === String(field.type))
  );
}

async function dimensionOf(table: Table): Promise<number> {
  const vector = (await table.schema()).fields.find((field) => field.name === 'vector');
  const dimension = Number((vector?.type as { listSize?: number } | undefined)?.listSize ?? 0);
  if (dimension > 0) return dimension;
  throw new AppError('library-corrupt', 'A table of vectors has no vectors.');
}
