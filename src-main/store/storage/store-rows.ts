/**
 * A table of small texts by key, beside the passages of a store that several machines reach. The writer keeps in it what a reader cannot know
 * otherwise: facts of the library and its documents, and notes. A digest tells what has changed without reading all of it.
 */
import { createHash } from 'node:crypto';
import type { Table } from '@lancedb/lancedb';
import type { Table as ArrowTable } from 'apache-arrow';
import { isOneOf, startsWith } from '../sql.ts';
import { storeError } from '../store-error.ts';
import { Field, Schema, Utf8 } from '../tables/arrow.ts';
import { arrowRows, utf8 } from '../tables/arrow-rows.ts';
import { inIdGroups } from '../tables/read-documents.ts';
import { optimizeTable } from '../tables/table-maintenance.ts';

export const rowsSchema = new Schema([
  new Field('key', new Utf8(), false),
  new Field('digest', new Utf8(), false),
  new Field('text', new Utf8(), false),
]);

/** Rows in one write: some megabytes. */
const rowsPerWrite = 5000;
/** Each write is a file of its own and a version. */
const writesPerUpkeep = 20;
/** More are found faster by reading all. */
const mostByKey = 500;

export class StoreRows {
  readonly #table: Table;
  #writes = 0;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Makes what is read from now on that of the newest version, and returns its number. */
  refresh(): Promise<number> {
    return this.#guarded('looking for changes', async () => {
      await this.#table.checkoutLatest();
      return await this.#table.version();
    });
  }

  /** By key, of the rows whose keys begin so. */
  digests(prefix = ''): Promise<Map<string, string>> {
    return this.#guarded('reading what is kept', async () => {
      const digests = new Map<string, string>();
      const all = this.#table.query().select(['key', 'digest']);
      for await (const batch of prefix === '' ? all : all.where(startsWith('key', prefix))) {
        for (let row = 0; row < batch.numRows; row++)
          digests.set(batch.getChild('key')!.get(row), batch.getChild('digest')!.get(row));
      }
      return digests;
    });
  }

  /** Those that are there, in no order. */
  async *read(keys: readonly string[]): AsyncGenerator<[key: string, text: string]> {
    const wanted = new Set(keys);
    // What is not asked for may be large.
    const among = [...new Set(keys.map((key) => key.slice(0, key.indexOf('/') + 1)))]
      .map((prefix) => startsWith('key', prefix))
      .join(' OR ');
    const groups = keys.length > mostByKey ? [null] : [...inIdGroups(keys)];
    for (const group of groups) {
      const query = this.#table.query().select(['key', 'text']);
      const batches = query.where(group === null ? among : isOneOf('key', group));
      const rows = await this.#guarded('reading what is kept', () => batches.toArrow());
      for (let row = 0; row < rows.numRows; row++) {
        const key = rows.getChild('key')!.get(row) as string;
        if (wanted.has(key)) yield [key, rows.getChild('text')!.get(row)];
      }
    }
  }

  async get(key: string): Promise<string | undefined> {
    for await (const [, text] of this.read([key])) return text;
    return undefined;
  }

  /** A row of the same key is replaced. */
  async put(rows: ReadonlyMap<string, string>): Promise<void> {
    const all = [...rows];
    for (let first = 0; first < all.length; first += rowsPerWrite) {
      await this.#guarded('writing what is kept', async () => {
        await this.#table
          .mergeInsert('key')
          .whenMatchedUpdateAll()
          .whenNotMatchedInsertAll()
          .execute(toArrow(all.slice(first, first + rowsPerWrite)));
      });
      await this.#wrote();
    }
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const group of inIdGroups(keys)) {
      await this.#guarded('writing what is kept', () => this.#table.delete(isOneOf('key', group)));
      await this.#wrote();
    }
  }

  close(): void {
    this.#table.close();
  }

  async #wrote(): Promise<void> {
    if (++this.#writes % writesPerUpkeep !== 0) return;
    // What was written is there; the next time tries again.
    await optimizeTable(this.#table, { isShared: true }).catch(() => {});
  }

  async #guarded<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw storeError(error, what);
    }
  }
}

export const digestOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 16);

function toArrow(rows: readonly (readonly [string, string])[]): ArrowTable {
  const columns = {
    key: utf8(rows.map(([key]) => key)),
    digest: utf8(rows.map(([, text]) => digestOf(text))),
    text: utf8(rows.map(([, text]) => text)),
  };
  return arrowRows(rowsSchema.fields, columns, rows.length);
}
