/**
 * Statements of SQLite that are asked again and again, made ready once: for a statement that touches one row, making it ready takes longer than
 * carrying it out.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';

const statements = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

/** For SQL that the program spells out, not for what is put together for one question. Whoever gets it uses it up before it asks again. */
export function prepared(database: DatabaseSync, sql: string): StatementSync {
  let known = statements.get(database);
  if (!known) {
    known = new Map();
    statements.set(database, known);
  }
  let statement = known.get(sql);
  if (!statement) {
    statement = database.prepare(sql);
    known.set(sql, statement);
  }
  return statement;
}
