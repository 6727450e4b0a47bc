/**
 * The SQLite file of one library: what must not be lost. Opening it takes the library's lock, which the operating
 * system releases when the process dies, so a crash never leaves a stale one. Tables are read and written elsewhere.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../common/app-error.ts';
import { libraryMigrations } from './library-migrations.ts';
import { isBusy, isDamaged, isFull, isUnwritable, migrateDatabase } from './sqlite/migrate-database.ts';

/** Opens (creating if need be) and locks the library in `directory`. Throws `library-locked` or `library-corrupt`. */
export function openLibraryDatabase(directory: string): DatabaseSync {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, 'library.sqlite');
  const holderPath = join(directory, 'library.lock');
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    // An exclusive lock is held from the first transaction until the connection closes or the process ends.
    database.exec('PRAGMA busy_timeout = 300; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;');
    database.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; BEGIN IMMEDIATE');
    migrateDatabase(database, path, libraryMigrations);
    database.exec('COMMIT');
    writeFileSync(holderPath, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
    return database;
  } catch (error) {
    database?.close();
    throw explain(error, path, holderPath);
  }
}

/** Closes the database, which releases the lock. */
export function closeLibraryDatabase(database: DatabaseSync, directory: string): void {
  rmSync(join(directory, 'library.lock'), { force: true });
  database.close();
}

function explain(error: unknown, path: string, holderPath: string): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  if (isBusy(error)) {
    return new AppError(
      'library-locked',
      `The library ${path} is in use by ${describeHolder(holderPath)}. Close it there, or wait until it has finished.`,
      { cause: error },
    );
  }
  if (isDamaged(error)) {
    return new AppError(
      'library-corrupt',
      `${path} is damaged (${error.message}). Restore it from a backup, or move its folder away and add your folders again; your documents are untouched.`,
      { cause: error },
    );
  }
  if (isUnwritable(error) || isFull(error)) {
    const reason = isFull(error) ? 'the disk is full' : 'it cannot be written to';
    return new AppError(
      isFull(error) ? 'disk-full' : 'path-not-readable',
      `${path} cannot be opened: ${reason} (${error.message}). Nothing in it is lost; make room or writing possible, and start again.`,
      { cause: error },
    );
  }
  return error;
}

function describeHolder(holderPath: string): string {
  try {
    const holder = JSON.parse(readFileSync(holderPath, 'utf8')) as { pid: number; since: string };
    return `process ${holder.pid} (since ${holder.since})`;
  } catch {
    // The note is a courtesy; the lock itself does not depend on it.
    return 'another process';
  }
}
