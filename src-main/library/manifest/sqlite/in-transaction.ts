/** All of some changes to an SQLite file, or none of them. */
import type { DatabaseSync } from 'node:sqlite';

/** Throws what `work` throws, or what keeps it from being written. */
export function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    // On a full disk SQLite has taken it back by itself, and would answer this with an error that hides the reason.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
