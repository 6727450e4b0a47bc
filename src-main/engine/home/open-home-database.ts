/**
 * Opens the engine's own SQLite file. One that is damaged never stands between a person and their libraries: it is put aside under another
 * name, and a new one lists the libraries whose folders are there. Settings are then as they came.
 */
import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../common/app-error.ts';
import {
  isDamaged,
  isFull,
  isUnwritable,
  migrateDatabase,
} from '../../library/manifest/sqlite/migrate-database.ts';
import { homeMigrations } from './home-migrations.ts';

const fileName = 'home.sqlite';
const asidePrefix = `${fileName}.damaged-`;

/** Throws `library-corrupt` for a file of a newer version, `path-not-readable` or `disk-full` where nothing can be written. */
export function openHomeDatabase(home: string): DatabaseSync {
  const path = join(home, fileName);
  try {
    return withKnownLibraries(open(path), home);
  } catch (error) {
    if (isDamaged(error)) return beginAnew(home);
    throw explain(error, home);
  }
}

/** Damaged files that were put aside, oldest first. */
export function damagedHomeFiles(home: string): string[] {
  return readdirSync(home)
    .filter((name) => name.startsWith(asidePrefix) && !/-(wal|shm)$/.test(name))
    .sort()
    .map((name) => join(home, name));
}

function open(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; BEGIN IMMEDIATE');
    migrateDatabase(database, path, homeMigrations);
    database.exec('COMMIT');
    // Damage beyond the first page shows here and not at some later moment. The file is small.
    const [first] = database.prepare('PRAGMA quick_check(1)').all();
    if (first?.quick_check !== 'ok')
      throw Object.assign(new Error(String(first?.quick_check)), { errcode: 11 });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function beginAnew(home: string): DatabaseSync {
  const aside = join(home, `${asidePrefix}${Date.now()}`);
  for (const suffix of ['', '-wal', '-shm']) {
    const path = join(home, `${fileName}${suffix}`);
    if (existsSync(path)) renameSync(path, `${aside}${suffix}`);
  }
  return withKnownLibraries(open(join(home, fileName)), home);
}

/** A file that lists no library is new, or was lost: what lies beside it is taken up. */
function withKnownLibraries(database: DatabaseSync, home: string): DatabaseSync {
  const { n } = database.prepare('SELECT count(*) AS n FROM libraries').get()!;
  if (Number(n) > 0) return database;
  const add = database.prepare('INSERT INTO libraries (name, created_at) VALUES (?, ?)');
  for (const name of libraryFolders(join(home, 'libraries'))) add.run(name, Date.now());
  return database;
}

/** Folders that are named as libraries are and hold one. */
function libraryFolders(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter(
      (name) => /^[a-z0-9][a-z0-9-]*$/.test(name) && existsSync(join(directory, name, 'library.sqlite')),
    )
    .sort();
}

function explain(error: unknown, home: string): unknown {
  if (!(error instanceof Error) || !(isUnwritable(error) || isFull(error))) return error;
  return new AppError(
    isFull(error) ? 'disk-full' : 'path-not-readable',
    isFull(error)
      ? `The disk of ${home} is full. Nothing is lost; free some space and start again.`
      : `The data folder ${home} cannot be written to (${error.message}). Nothing is lost; make it writable, or choose another by LLARA_HOME.`,
    { cause: error },
  );
}
