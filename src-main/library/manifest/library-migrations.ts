/**
 * The steps by which a library's SQLite file came to its present tables, oldest first. The file's `user_version` counts how many it
 * has been through. A step that has shipped is never edited: a change of the tables is a new step at the end.
 */
export const libraryMigrations: readonly string[] = [
  // 1: folders, documents, vector sets, adapters, feedback, recent searches.
  `
CREATE TABLE folders (
  id TEXT PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  exclude TEXT NOT NULL DEFAULT '[]',
  added_at INTEGER NOT NULL,
  unavailable TEXT
) STRICT;
CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  folder_id TEXT NOT NULL REFERENCES folders(id),
  path TEXT NOT NULL UNIQUE,
  relative_path TEXT NOT NULL,
  title TEXT NOT NULL,
  kind TEXT,
  size_bytes INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  content_hash TEXT,
  state TEXT NOT NULL,
  reason TEXT,
  page_count INTEGER,
  chunk_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX documents_by_folder ON documents(folder_id);
CREATE INDEX documents_by_state ON documents(state);
CREATE TABLE vector_sets (
  id TEXT PRIMARY KEY,
  encoder TEXT NOT NULL,
  encoder_name TEXT NOT NULL,
  adapter TEXT,
  dimension INTEGER NOT NULL,
  state TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_active_vector_set ON vector_sets(state) WHERE state = 'active';
CREATE TABLE adapters (
  id TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  details TEXT NOT NULL
) STRICT;
CREATE TABLE feedback (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  query TEXT NOT NULL,
  chunk_id TEXT NOT NULL,
  passage TEXT NOT NULL,
  verdict TEXT NOT NULL
) STRICT;
CREATE TABLE recent_searches (
  query TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT;
`,
  // Which reader, in which version, looked at a document's file.
  'ALTER TABLE documents ADD COLUMN reader TEXT;',
  // The disk a folder was on when it was last read, and why changes in it go unseen.
  `
ALTER TABLE folders ADD COLUMN device TEXT;
ALTER TABLE folders ADD COLUMN watch_problem TEXT;
`,
  // The language of a document's text, and the index of what documents are called; rules of names that differ from `rules` are made anew.
  `
ALTER TABLE documents ADD COLUMN language TEXT;
CREATE VIRTUAL TABLE document_names USING fts5(
  document_id UNINDEXED, plain, name, folders, about,
  tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);
CREATE TABLE name_rows (document_id TEXT PRIMARY KEY, row INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE name_rules (rules INTEGER NOT NULL) STRICT;
`,
  // What documents say about themselves, as JSON. What was read as plain text may have a reader of its own now, and messages hold attachments.
  `
ALTER TABLE documents ADD COLUMN facts TEXT;
UPDATE documents SET state = 'pending', reason = NULL, content_hash = NULL
  WHERE state = 'indexed' AND kind IN ('text', 'email');
`,
  // Documents inside a file, such as attachments of a message: they go where it goes.
  `
ALTER TABLE documents ADD COLUMN parent_id TEXT REFERENCES documents(id) ON DELETE CASCADE;
CREATE INDEX documents_by_parent ON documents(parent_id) WHERE parent_id IS NOT NULL;
`,
  // The words of the passages as they are written.
  'CREATE TABLE vocabulary (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;',
  // What documents say about themselves, in a form that can be asked for; the names are made anew, and this with them. The rows of documents
  // that state a date are to be dated by it: the next run finds their bytes unchanged and writes the date alone.
  `
CREATE TABLE document_values (
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  value TEXT NOT NULL
) STRICT;
CREATE INDEX document_values_by_value ON document_values(field, value);
CREATE INDEX document_values_by_document ON document_values(document_id);
CREATE INDEX documents_by_size ON documents(size_bytes);
CREATE INDEX documents_by_own_date ON documents(json_extract(facts, '$.date'));
DELETE FROM name_rules;
UPDATE documents SET state = 'pending', reason = NULL
  WHERE state = 'indexed' AND parent_id IS NULL AND json_extract(facts, '$.date') IS NOT NULL;
`,
  // Which documents are copies of one another.
  `
CREATE TABLE document_copies (
  document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
  content_hash TEXT NOT NULL,
  family TEXT NOT NULL,
  words INTEGER,
  numbers TEXT,
  signature BLOB,
  seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX document_copies_by_family ON document_copies(family);
CREATE INDEX document_copies_by_hash ON document_copies(content_hash);
CREATE INDEX document_copies_by_numbers ON document_copies(numbers, words);
`,
  // Questions that a person keeps, and when they last looked at the answers.
  `
CREATE TABLE saved_searches (
  name TEXT PRIMARY KEY COLLATE NOCASE,
  query TEXT NOT NULL,
  mode TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  looked_at INTEGER NOT NULL
) STRICT;
`,
  // The words of what documents say about themselves: at a hundred thousand documents a filter took as long as the search. Rows have a number that
  // copying the file keeps, by which the index knows them.
  `
ALTER TABLE document_values RENAME TO unnumbered_values;
DROP INDEX document_values_by_value;
DROP INDEX document_values_by_document;
CREATE TABLE document_values (
  id INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  value TEXT NOT NULL
) STRICT;
INSERT INTO document_values (document_id, field, value) SELECT document_id, field, value FROM unnumbered_values;
DROP TABLE unnumbered_values;
CREATE INDEX document_values_by_value ON document_values(field, value);
CREATE INDEX document_values_by_document ON document_values(document_id);
CREATE VIRTUAL TABLE value_words USING fts5(
  value, content = '', contentless_delete = 1, detail = none,
  tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);
INSERT INTO value_words (rowid, value)
  SELECT id, value FROM document_values WHERE field IN ('title', 'author', 'from', 'to');
CREATE TRIGGER document_value_added AFTER INSERT ON document_values WHEN new.field IN ('title', 'author', 'from', 'to') BEGIN
  INSERT INTO value_words (rowid, value) VALUES (new.id, new.value);
END;
CREATE TRIGGER document_value_removed AFTER DELETE ON document_values WHEN old.field IN ('title', 'author', 'from', 'to') BEGIN
  DELETE FROM value_words WHERE rowid = old.id;
END;
`,
  // Pages that wait for text recognition, as a JSON list, and folders in which it reads none.
  `
ALTER TABLE documents ADD COLUMN waiting_pages TEXT;
ALTER TABLE folders ADD COLUMN recognise INTEGER NOT NULL DEFAULT 1;
`,
  // Entries that are a single file.
  'ALTER TABLE folders ADD COLUMN is_file INTEGER NOT NULL DEFAULT 0;',
  // Of a library that another machine writes: which of the rows that it published are here, and in which form.
  'CREATE TABLE published_rows (key TEXT PRIMARY KEY, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;',
  // Tags that a person gave, as a JSON list, and those of documents that are gone, by their place below the folder.
  `
ALTER TABLE documents ADD COLUMN tags TEXT;
CREATE TABLE kept_tags (
  folder_id TEXT NOT NULL REFERENCES folders(id) ON DELETE CASCADE,
  relative_path TEXT NOT NULL,
  tags TEXT NOT NULL,
  PRIMARY KEY (folder_id, relative_path)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER document_tags_kept AFTER DELETE ON documents WHEN old.tags IS NOT NULL BEGIN
  INSERT OR REPLACE INTO kept_tags (folder_id, relative_path, tags) VALUES (old.folder_id, old.relative_path, old.tags);
END;
`,
  // State, reason and hash of a document before it was to be read anew with all others, as JSON; null where it is not to be.
  'ALTER TABLE documents ADD COLUMN before_anew TEXT;',
  // How many documents have the same title.
  'CREATE INDEX documents_by_title ON documents(title);',
];
