/** Adapters trained on this library, with the figures that judged them. The files lie beside the database. */
import type { DatabaseSync } from 'node:sqlite';
import { type Adapter, adapterSchema } from '../../contract/adaptation.ts';

/** Whether an adapter is active follows from the active vector set, so it is not stored. */
export type StoredAdapter = Omit<Adapter, 'state'>;

export class AdapterTable {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  list(): StoredAdapter[] {
    return this.#database
      .prepare('SELECT details FROM adapters ORDER BY created_at DESC')
      .all()
      .map((row) => adapterSchema.omit({ state: true }).parse(JSON.parse(String(row.details))));
  }

  find(id: string): StoredAdapter | undefined {
    return this.list().find((adapter) => adapter.id === id);
  }

  add(adapter: StoredAdapter): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO adapters (id, created_at, details) VALUES (?, ?, ?)')
      .run(adapter.id, adapter.createdAt, JSON.stringify(adapter));
  }

  remove(id: string): void {
    this.#database.prepare('DELETE FROM adapters WHERE id = ?').run(id);
  }
}
