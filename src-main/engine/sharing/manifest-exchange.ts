/**
 * Carries what readers need of a manifest into the store, and out of it into theirs. Both go by digests, so that each time only what has changed is
 * sent; a kill in between leaves something that the next time mends.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { DocumentTable } from '../../library/manifest/document-table.ts';
import { inTransaction } from '../../library/manifest/sqlite/in-transaction.ts';
import { digestOf, type StoreRows } from '../../store/storage/store-rows.ts';
import { isPublishedKey, publishedTables, RowWriter, rowOfKey, rowsToPublish } from './published-rows.ts';

/** Others wait while a transaction runs. */
const rowsPerTransaction = 200;
const rowsPerTurn = 5000;

export class ManifestExchange {
  readonly #database: DatabaseSync;
  readonly #documents: DocumentTable;
  readonly #rows: StoreRows;
  /** What the store has, as far as this writer knows. */
  #sent: Map<string, string> | null = null;
  #seenVersion = -1;

  constructor(database: DatabaseSync, documents: DocumentTable, rows: StoreRows) {
    this.#database = database;
    this.#documents = documents;
    this.#rows = rows;
  }

  /** For the writer, in the store's queue. Returns whether there was anything to send. */
  async publish(): Promise<boolean> {
    const sent = this.#sent ?? (await this.#rows.digests());
    // Until it has succeeded nothing is known of what is there.
    this.#sent = null;
    const changed = new Map<string, string>();
    const present = new Set<string>();
    for (const [key, text] of rowsToPublish(this.#database)) {
      present.add(key);
      if (sent.get(key) !== digestOf(text)) changed.set(key, text);
      if (present.size % rowsPerTurn === 0) await setImmediate();
    }
    const gone = [...sent.keys()].filter((key) => isPublishedKey(key) && !present.has(key));
    if (changed.size > 0) await this.#rows.put(changed);
    if (gone.length > 0) await this.#rows.remove(gone);
    for (const [key, text] of changed) sent.set(key, digestOf(text));
    for (const key of gone) sent.delete(key);
    this.#sent = sent;
    return changed.size + gone.length > 0;
  }

  /** For a reader: takes over what was published since the last time. Returns whether anything may have been. */
  async receive(): Promise<boolean> {
    const version = await this.#rows.refresh();
    if (version === this.#seenVersion) return false;
    const there = await this.#rows.digests();
    const here = this.#digestsHere();
    const gone = [...here.keys()].filter((key) => !there.has(key));
    const changed = [...there.keys()].filter(
      (key) => isPublishedKey(key) && here.get(key) !== there.get(key),
    );
    // Which set is active is said by all of them together.
    const setKeys = [...there.keys()].filter(isOfSet);
    const changesSets = [...changed, ...gone].some(isOfSet);
    const wanted = [...new Set([...changed, ...(changesSets ? setKeys : [])])];
    const texts: Row[] = [];
    for await (const row of this.#rows.read(wanted)) texts.push(row);
    this.#remove(gone);
    await this.#makeRoom(wanted.filter((key) => here.has(key)));
    await this.#putAll(inOrder(texts));
    this.#seenVersion = version;
    return true;
  }

  async #putAll(rows: readonly Row[]): Promise<void> {
    const writer = new RowWriter(this.#database);
    const note = this.#database.prepare(
      'INSERT INTO published_rows (key, digest) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET digest = excluded.digest',
    );
    for (let first = 0; first < rows.length; first += rowsPerTransaction) {
      inTransaction(this.#database, () => {
        for (const [key, text] of rows.slice(first, first + rowsPerTransaction)) {
          writer.put(key, text);
          const row = rowOfKey(key);
          if (row?.table.table === 'documents') this.#documents.nameAgain(row.id);
          note.run(key, digestOf(text));
        }
      });
      await setImmediate();
    }
  }

  /** No two rows may have the same path, or be the active set, at any moment: those that are put in get a value of their own first. */
  async #makeRoom(keys: readonly string[]): Promise<void> {
    const own: Record<string, StatementSync> = {
      folders: this.#database.prepare('UPDATE folders SET path = id WHERE id = ?'),
      documents: this.#database.prepare('UPDATE documents SET path = id WHERE id = ?'),
      vector_sets: this.#database.prepare("UPDATE vector_sets SET state = 'building' WHERE id = ?"),
    };
    const forget = this.#database.prepare('DELETE FROM published_rows WHERE key = ?');
    for (let first = 0; first < keys.length; first += rowsPerTransaction) {
      inTransaction(this.#database, () => {
        for (const key of keys.slice(first, first + rowsPerTransaction)) {
          const row = rowOfKey(key);
          if (row) own[row.table.table]?.run(row.id);
          forget.run(key);
        }
      });
      await setImmediate();
    }
  }

  #remove(keys: readonly string[]): void {
    const rows = keys.flatMap((key) => rowOfKey(key) ?? []);
    this.#documents.remove(rows.filter(({ table }) => table.table === 'documents').map(({ id }) => id));
    inTransaction(this.#database, () => {
      const forget = this.#database.prepare('DELETE FROM published_rows WHERE key = ?');
      for (const key of keys) forget.run(key);
      // What names other rows goes before them.
      for (const { table, key } of [...publishedTables].reverse()) {
        const remove = this.#database.prepare(`DELETE FROM ${table} WHERE ${key} = ?`);
        for (const row of rows) if (row.table.table === table) remove.run(row.id);
      }
    });
  }

  #digestsHere(): Map<string, string> {
    return new Map(
      this.#database
        .prepare('SELECT key, digest FROM published_rows')
        .all()
        .map(({ key, digest }) => [String(key), String(digest)]),
    );
  }
}

const isOfSet = (key: string): boolean => rowOfKey(key)?.table.table === 'vector_sets';

type Row = [key: string, text: string];

/** What rows name comes before them. */
function inOrder(rows: readonly Row[]): Row[] {
  const byRank = Map.groupBy(rows, ([key, text]) => rankOf(key, text));
  return [...byRank].sort(([a], [b]) => a - b).flatMap(([, ranked]) => ranked);
}

/** Words come last. */
function rankOf(key: string, text: string): number {
  const row = rowOfKey(key);
  if (!row) return publishedTables.length;
  const isInside = row.table.table === 'documents' && JSON.parse(text).parent_id !== null;
  return publishedTables.indexOf(row.table) + (isInside ? 0.5 : 0);
}
