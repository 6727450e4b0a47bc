/**
 * Documents that are to be read anew although nothing of them has changed, each with how it was before. Where a person gives that up, those that
 * have not been read are put back, and do not wait for a job that is not there; their note stays, so that the same can be taken up later.
 */
import type { DatabaseSync } from 'node:sqlite';

export class ReadAnew {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** All files; of what is inside a file, the file. Those that wait already are read whatever their bytes are. */
  askAll(): void {
    this.#database.exec(
      `UPDATE documents SET content_hash = NULL WHERE parent_id IS NULL AND state = 'pending';
       UPDATE documents SET before_anew = json_object('state', state, 'reason', reason, 'hash', content_hash)
       WHERE parent_id IS NULL AND state <> 'pending'`,
    );
    this.takeUp();
  }

  /** Those that were asked for and put back wait again. */
  takeUp(): void {
    this.#database.exec(
      `UPDATE documents SET state = 'pending', reason = NULL, content_hash = NULL
       WHERE before_anew IS NOT NULL AND state <> 'pending'`,
    );
  }

  /** Those that still wait are as they were before. */
  putBack(): void {
    this.#database.exec(
      `UPDATE documents SET state = json_extract(before_anew, '$.state'), reason = json_extract(before_anew, '$.reason'),
       content_hash = json_extract(before_anew, '$.hash') WHERE before_anew IS NOT NULL AND state = 'pending'`,
    );
  }
}
