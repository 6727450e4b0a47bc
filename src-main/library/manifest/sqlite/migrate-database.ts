/** Brings an SQLite file to its present tables, and puts into words for a person what keeps one from being opened. */
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../common/app-error.ts';

/** Runs the steps that the file has not been through, inside the caller's transaction: all of them or none. Throws `library-corrupt`. */
export function migrateDatabase(database: DatabaseSync, path: string, steps: readonly string[]): void {
  const found = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  const known = steps.length;
  if (found > known) {
    throw new AppError(
      'library-corrupt',
      `${path} was written by a newer version of this program (schema ${found}, known here: ${known}). Update the program to open it.`,
    );
  }
  for (const step of steps.slice(found)) database.exec(step);
  if (found < known) database.exec(`PRAGMA user_version = ${known}`);
}

/** SQLite's primary result code; 0 for what is none of its errors. */
const sqliteCode = (error: unknown): number =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;

export const isBusy = (error: unknown): boolean => [5, 6].includes(sqliteCode(error));
export const isDamaged = (error: unknown): boolean => [11, 26].includes(sqliteCode(error));
export const isReadOnly = (error: unknown): boolean => sqliteCode(error) === 8;
/** The disk is read-only, or the person may not write there. */
export const isUnwritable = (error: unknown): boolean => [3, 8, 14].includes(sqliteCode(error));
/** The disk is full, or gave up while it was written to. */
export const isFull = (error: unknown): boolean => sqliteCode(error) === 13;
