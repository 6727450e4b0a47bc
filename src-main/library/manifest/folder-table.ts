/** Folders of a library, as rows. Knows nothing of the files in them beyond their number. */

import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Folder } from '../../contract/libraries.ts';
import { inTransaction } from './sqlite/in-transaction.ts';

export class FolderTable {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  list(): Folder[] {
    return this.#database
      .prepare(
        `SELECT f.*, (SELECT count(*) FROM documents d WHERE d.folder_id = f.id) AS document_count
         FROM folders f ORDER BY f.added_at, f.path`,
      )
      .all()
      .map((row) => ({
        id: String(row.id),
        path: String(row.path),
        isFile: Number(row.is_file) === 1,
        exclude: JSON.parse(String(row.exclude)) as string[],
        recognise: Number(row.recognise) === 1,
        addedAt: Number(row.added_at),
        documentCount: Number(row.document_count),
        unavailable: row.unavailable === null ? null : String(row.unavailable),
        watchProblem: row.watch_problem === null ? null : String(row.watch_problem),
      }));
  }

  find(id: string): Folder | undefined {
    return this.list().find((folder) => folder.id === id);
  }

  /** Returns the folder's id; adding a path twice updates its exclusions. `isFile`: the entry is that one file. */
  add(path: string, exclude: readonly string[], isFile = false): string {
    // Not by RETURNING: a disk that is full at the commit would go unnoticed.
    this.#database
      .prepare(
        `INSERT INTO folders (id, path, exclude, added_at, is_file) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT(path) DO UPDATE SET exclude = excluded.exclude, is_file = excluded.is_file`,
      )
      .run(randomUUID(), path, JSON.stringify(exclude), Date.now(), Number(isFile));
    const row = this.#database.prepare('SELECT id FROM folders WHERE path = ?').get(path);
    return String(row?.id);
  }

  setExclude(id: string, exclude: readonly string[]): void {
    this.#database.prepare('UPDATE folders SET exclude = ? WHERE id = ?').run(JSON.stringify(exclude), id);
  }

  setRecognise(id: string, recognise: boolean): void {
    this.#database.prepare('UPDATE folders SET recognise = ? WHERE id = ?').run(Number(recognise), id);
  }

  setUnavailable(id: string, reason: string | null): void {
    this.#database.prepare('UPDATE folders SET unavailable = ? WHERE id = ?').run(reason, id);
  }

  /** Which disk the folder was on when it was last read, or null. */
  device(id: string): string | null {
    const row = this.#database.prepare('SELECT device FROM folders WHERE id = ?').get(id);
    return row?.device == null ? null : String(row.device);
  }

  setDevice(id: string, device: string): void {
    this.#database.prepare('UPDATE folders SET device = ? WHERE id = ?').run(device, id);
  }

  setWatchProblem(path: string, reason: string | null): void {
    this.#database.prepare('UPDATE folders SET watch_problem = ? WHERE path = ?').run(reason, path);
  }

  /** The folder is at `path` of this machine: what was known of its disk and its watch was so of another. */
  arrive(id: string, path: string): void {
    this.#database
      .prepare(
        'UPDATE folders SET path = ?, device = NULL, unavailable = NULL, watch_problem = NULL WHERE id = ?',
      )
      .run(path, id);
  }

  /** The documents of `inner` become those of `outer`, in its folder `below` ('' for itself); `exclude` is then the one of `outer`. */
  takeOver(outer: string, inner: string, below: string, exclude: readonly string[]): void {
    inTransaction(this.#database, () => {
      this.setExclude(outer, exclude);
      this.#database
        .prepare('UPDATE documents SET folder_id = ?, relative_path = ? || relative_path WHERE folder_id = ?')
        .run(outer, below === '' ? '' : `${below}/`, inner);
      this.#database
        .prepare(
          'UPDATE OR REPLACE kept_tags SET folder_id = ?, relative_path = ? || relative_path WHERE folder_id = ?',
        )
        .run(outer, below === '' ? '' : `${below}/`, inner);
      this.remove(inner);
    });
  }

  /** Removes the row; its documents must have been removed before. */
  remove(id: string): void {
    this.#database.prepare('DELETE FROM folders WHERE id = ?').run(id);
  }
}
