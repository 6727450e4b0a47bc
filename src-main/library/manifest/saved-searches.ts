/** Questions that a person keeps under a name, as rows. Names differ by more than capitals. */
import type { DatabaseSync } from 'node:sqlite';
import { type SearchMode, searchModeSchema } from '../../contract/search.ts';

export type SavedQuestion = {
  name: string;
  query: string;
  mode: SearchMode;
  createdAt: number;
  lookedAt: number;
};

export class SavedSearches {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  list(): SavedQuestion[] {
    return this.#database.prepare('SELECT * FROM saved_searches ORDER BY name').all().map(fromRow);
  }

  find(name: string): SavedQuestion | undefined {
    const row = this.#database.prepare('SELECT * FROM saved_searches WHERE name = ?').get(name);
    return row && fromRow(row);
  }

  /** Replaces one of the same name. It counts as looked at. */
  save({ name, query, mode }: Pick<SavedQuestion, 'name' | 'query' | 'mode'>): void {
    this.remove(name);
    const now = Date.now();
    this.#database
      .prepare('INSERT INTO saved_searches (name, query, mode, created_at, looked_at) VALUES (?, ?, ?, ?, ?)')
      .run(name, query, mode, now, now);
  }

  look(name: string): void {
    this.#database.prepare('UPDATE saved_searches SET looked_at = ? WHERE name = ?').run(Date.now(), name);
  }

  rename(name: string, newName: string): void {
    this.#database.prepare('UPDATE saved_searches SET name = ? WHERE name = ?').run(newName, name);
  }

  /** Whether there was one. */
  remove(name: string): boolean {
    return Number(this.#database.prepare('DELETE FROM saved_searches WHERE name = ?').run(name).changes) > 0;
  }
}

function fromRow(row: Record<string, unknown>): SavedQuestion {
  return {
    name: String(row.name),
    query: String(row.query),
    mode: searchModeSchema.parse(row.mode),
    createdAt: Number(row.created_at),
    lookedAt: Number(row.looked_at),
  };
}
