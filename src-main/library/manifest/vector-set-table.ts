/** Which encoder and adapter each set of vectors was made with, and which set answers. */

import type { DatabaseSync } from 'node:sqlite';
import type { VectorSet } from '../../contract/libraries.ts';
import { inTransaction } from './sqlite/in-transaction.ts';

export class VectorSetTable {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  list(): VectorSet[] {
    return this.#database
      .prepare('SELECT * FROM vector_sets ORDER BY created_at')
      .all()
      .map((row) => ({
        id: String(row.id),
        encoder: String(row.encoder),
        encoderName: String(row.encoder_name),
        adapter: row.adapter === null ? null : String(row.adapter),
        dimension: Number(row.dimension),
        state: row.state as VectorSet['state'],
      }));
  }

  active(): VectorSet | undefined {
    return this.list().find((set) => set.state === 'active');
  }

  find(id: string): VectorSet | undefined {
    return this.list().find((set) => set.id === id);
  }

  add(set: VectorSet): void {
    this.#database
      .prepare(
        'INSERT INTO vector_sets (id, encoder, encoder_name, adapter, dimension, state, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(set.id, set.encoder, set.encoderName, set.adapter, set.dimension, set.state, Date.now());
  }

  /** The pointer moves in one transaction: at every moment exactly one set answers. */
  activate(id: string): void {
    inTransaction(this.#database, () => {
      this.#database.exec("UPDATE vector_sets SET state = 'previous' WHERE state = 'active'");
      const { changes } = this.#database
        .prepare("UPDATE vector_sets SET state = 'active' WHERE id = ?")
        .run(id);
      if (Number(changes) !== 1) throw new Error(`There is no vector set ${id} to activate.`);
    });
  }

  remove(id: string): void {
    this.#database.prepare('DELETE FROM vector_sets WHERE id = ?').run(id);
  }
}
