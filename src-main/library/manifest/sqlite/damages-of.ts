import type { DatabaseSync } from 'node:sqlite';

/** What SQLite finds wrong with a whole file, in its words. */
export function damagesOf(database: DatabaseSync): string[] {
  const found = database.prepare('PRAGMA integrity_check').all();
  const strays = database.prepare('PRAGMA foreign_key_check').all();
  return [
    ...found.map(({ integrity_check }) => String(integrity_check)).filter((text) => text !== 'ok'),
    ...strays.map(({ table }) => `a row of ${table} belongs to nothing`),
  ];
}
