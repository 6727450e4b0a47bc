/**
 * The steps by which the engine's own SQLite file came to its present tables, oldest first. Its `user_version` counts how many it has been
 * through. A step that has shipped is never edited: a change of the tables is a new step at the end.
 */
export const homeMigrations: readonly string[] = [
  // 1: settings, jobs, libraries. Files that were written before steps were counted have these tables and stand at 0.
  `
CREATE TABLE IF NOT EXISTS settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS jobs (id TEXT PRIMARY KEY, created_at INTEGER NOT NULL, job TEXT NOT NULL, params TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS libraries (name TEXT PRIMARY KEY, created_at INTEGER NOT NULL) STRICT;
`,
];
