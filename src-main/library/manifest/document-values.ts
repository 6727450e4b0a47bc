/**
 * What is said of documents, in a form that can be asked for: title, people and tags as folded words, one row each, and the language. Tags are
 * those that the document states and those that a person gave it. It lies in the library's SQLite file and changes in the same transaction as the document. Passages do not repeat it; a search
 * gets the ids of the documents that meet a condition.
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { foldWord } from '../../contract/documents/fold-word.ts';
import { keyOfTag } from '../../contract/documents/same-tag.ts';
import type { Document } from '../../contract/libraries.ts';
import { prepared } from './sqlite/prepared.ts';

export type DocumentValueField = 'title' | 'author' | 'from' | 'to' | 'tag' | 'lang';

/** On the columns of `documents`. */
export type ManifestCondition = { sql: string; values: readonly SQLInputValue[] };

type DocumentValueRow = { field: DocumentValueField; value: string };

export class DocumentValues {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  put(documentId: string, rows: readonly DocumentValueRow[]): void {
    prepared(this.#database, 'DELETE FROM document_values WHERE document_id = ?').run(documentId);
    const insert = prepared(
      this.#database,
      'INSERT INTO document_values (document_id, field, value) VALUES (?, ?, ?)',
    );
    for (const { field, value } of rows) insert.run(documentId, field, storedForm(field, value));
  }

  /** Ids of documents that have passages and meet the condition. */
  matching({ sql, values }: ManifestCondition): string[] {
    const statement = this.#database.prepare(`SELECT id FROM documents WHERE chunk_count > 0 AND (${sql})`);
    // A list of many documents is as slow to make of objects as to find.
    statement.setReturnArrays(true);
    return (statement.all(...values) as unknown as [string][]).map(([id]) => id);
  }
}

/** The rows of a document. */
export function valuesOf({
  title,
  facts,
  tags = [],
  language,
}: Pick<Document, 'title' | 'facts' | 'tags'> & { language: string | null }): DocumentValueRow[] {
  // Programs write the language of their own menus into files, so what the text says counts first.
  const spoken = language ?? facts?.language?.split(/[-_]/)[0];
  const stated: Record<DocumentValueField, readonly (string | undefined)[]> = {
    title: [title],
    author: facts?.authors ?? [],
    from: [facts?.from],
    to: [facts?.to],
    tag: [...new Set([...tags, ...(facts?.tags ?? [])].map(keyOfTag))],
    lang: [spoken],
  };
  return Object.entries(stated).flatMap(([field, values]) =>
    values.flatMap((value) => (value ? [{ field: field as DocumentValueField, value }] : [])),
  );
}

/** One of a document's values holds each of these words or a word that begins so. */
export function anyValueHolds(field: DocumentValueField, words: readonly string[]): ManifestCondition {
  const tests = words.map(() => 'instr(value, ?) > 0');
  const values = words.map((word) => ` ${word}`);
  // SQLite's index takes letters that Unicode got later for marks; such words are looked for in every row.
  const indexed = words.filter((word) => !/[^\0-\uffff]/.test(word));
  // The plus sign keeps SQLite from going by the field, which most rows have.
  const own = indexed.length > 0 ? ['+field = ?', inIndex, ...tests] : ['field = ?', ...tests];
  const match = indexed.map((word) => `"${word}"*`).join(' AND ');
  return {
    sql: `id IN (SELECT document_id FROM document_values WHERE ${own.join(' AND ')})`,
    values: [field, ...(indexed.length > 0 ? [match] : []), ...values],
  };
}

const inIndex = 'id IN (SELECT rowid FROM value_words WHERE value_words MATCH ?)';

/** One of a document's values is one of these, whole; `*` stands for any characters. */
export function anyValueLike(field: DocumentValueField, patterns: readonly string[]): ManifestCondition {
  const exact = patterns
    .filter((pattern) => !pattern.includes('*'))
    .map((pattern) => storedForm(field, pattern));
  const open = patterns.filter((pattern) => pattern.includes('*'));
  const tests = [
    ...(exact.length > 0 ? [`value IN (${exact.map(() => '?').join(', ')})`] : []),
    ...open.map(() => 'value GLOB ?'),
  ];
  return {
    sql: `id IN (SELECT document_id FROM document_values WHERE field = ? AND (${tests.join(' OR ')}))`,
    values: [field, ...exact, ...open.map((pattern) => storedForm(field, pattern).replace(/[[?]/g, '[$&]'))],
  };
}

/** The document carries one of these tags, or one below it such as `work/clients` of `work`. */
export const carriesAnyTag = (tags: readonly string[]): ManifestCondition =>
  anyValueLike(
    'tag',
    tags.flatMap((tag) => [tag, `${tag}/*`]),
  );

/** Folded words without the marks between them: `Ames, Ann <ann@x.org>` → ames ann ann x org. */
export const wordsOfValue = (value: string): string[] =>
  foldWord(value)
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean);

/** A tag and a language are looked for whole; of the others, each word by its beginning. */
function storedForm(field: DocumentValueField, value: string): string {
  if (field === 'tag' || field === 'lang') return keyOfTag(value);
  return wordsOfValue(value)
    .map((word) => ` ${word}`)
    .join('');
}
