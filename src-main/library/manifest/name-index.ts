/**
 * What documents are called, as an index of words: file name, folders, and what a document says of itself (title, people, tags). People often
 * look for a file by its name, which no passage of it need hold. One row a document, so that a long document's name counts no more often
 * than a short one's. It lies in the library's SQLite file and changes in the same transaction as the document.
 */
import type { DatabaseSync } from 'node:sqlite';
import { foldWord } from '../../contract/documents/fold-word.ts';
import { analysisVersion, indexedTerms } from '../../words/analyse-text.ts';
import { dateTerms } from '../../words/dates/find-dates.ts';
import { documentDate } from './document-date.ts';
import { insideMark } from './inside-path.ts';
import type { ManifestDocument } from './manifest-document.ts';
import { prepared } from './sqlite/prepared.ts';

export type DocumentNames = {
  /** With its ending. */
  fileName: string;
  /** Below the library's folder, outermost first. */
  folders: readonly string[];
  /** Title and tags: what people may know it by, besides the file's name. */
  calledBy: readonly string[];
  /** Authors, senders and the like. */
  people: readonly string[];
  /** Terms of the date that it says it is of; none where only its file has one. */
  date: readonly string[];
  /** ISO 639-1 of the document's text. */
  language: string | null;
};

/** What a document is called, by its path and by what it says of itself. */
export function namesOf(document: ManifestDocument): DocumentNames {
  const { relativePath, title, facts, tags = [], language } = document;
  // A file inside another one is called by its own name; what it is in counts as its folder.
  const parts = relativePath.split(insideMark).flatMap((part) => part.split('/'));
  return {
    fileName: parts.at(-1) ?? '',
    folders: parts.slice(0, -1),
    // A file that was never read, or has no title of its own, is called by its path.
    calledBy: [...(title === relativePath ? [] : [title]), ...tags, ...(facts?.tags ?? [])],
    people: [...(facts?.authors ?? []), facts?.from ?? '', facts?.to ?? ''],
    date: facts?.date === undefined ? [] : dayTerms(documentDate(document)),
    language,
  };
}

function dayTerms(milliseconds: number): string[] {
  const date = new Date(milliseconds);
  return dateTerms({ year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() });
}

/**
 * A word that is looked for, at its place in the question: a document's name holds it where it holds one of the terms, or of those of a variant in which
 * the word lies, such as the date that it is a part of. A variant by itself is not missed.
 */
export type AskedName = {
  terms: readonly string[];
  information: number;
  isVariant: boolean;
  start: number;
  end: number;
};

export type NameMatch = {
  documentId: string;
  /** Part of the question's information that the names hold, 0…1; a word counts less in a folder's name. */
  coverage: number;
  /** Part of the file name's words that the question holds, 0…1. */
  precision: number;
  /** The question is the file's name, with or without its ending, or its title or a tag of several words, whatever marks and spaces are between them. */
  isExact: boolean;
};

const fields = ['name', 'folders', 'about'] as const;
/** What a word counts for by the field that holds it. */
const fieldWeights: Record<(typeof fields)[number], number> = { name: 1, folders: 0.5, about: 0.9 };
const maxCandidates = 200;
/** Changes with what a row is, and with how words become terms. */
const rowRules = analysisVersion * 100 + 2;

export class NameIndex {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Whether the rows were made by the present rules; a new or older index is empty or is to be made anew. */
  get isCurrent(): boolean {
    return Number(this.#database.prepare('SELECT rules FROM name_rules').get()?.rules ?? 0) === rowRules;
  }

  /** How many documents the index lacks or holds without there being one. */
  misnamedCount(): number {
    const { n } = this.#database
      .prepare(
        `SELECT (SELECT count(*) FROM documents WHERE id NOT IN (SELECT document_id FROM document_names))
         + (SELECT count(*) FROM document_names WHERE document_id NOT IN (SELECT id FROM documents)) AS n`,
      )
      .get()!;
    return Number(n);
  }

  /** Empties the index and notes that what is put from now on follows the present rules. Inside a transaction. */
  restart(): void {
    this.#database.exec('DELETE FROM document_names; DELETE FROM name_rows; DELETE FROM name_rules;');
    this.#database.prepare('INSERT INTO name_rules (rules) VALUES (?)').run(rowRules);
  }

  put(documentId: string, names: DocumentNames): void {
    const { fileName, folders, calledBy, people, date, language } = names;
    const stem = stemOf(fileName);
    // One word is too little to tell a document by.
    const whole = [stem, fileName, ...calledBy.filter((name) => wordsIn(name) > 1)];
    this.remove([documentId]);
    const { lastInsertRowid } = prepared(
      this.#database,
      'INSERT INTO document_names (document_id, plain, name, folders, about) VALUES (?, ?, ?, ?, ?)',
    ).run(
      documentId,
      whole.map(plainForm).join(' '),
      indexedTerms(stem, language),
      indexedTerms(folders.join('\n'), language),
      [indexedTerms([...calledBy, ...people].join('\n'), language), ...date].join(' '),
    );
    prepared(this.#database, 'INSERT INTO name_rows (document_id, row) VALUES (?, ?)').run(
      documentId,
      lastInsertRowid,
    );
  }

  /** By row: the index itself knows no document but by looking through all of them. */
  remove(documentIds: readonly string[]): void {
    const rowOf = prepared(this.#database, 'DELETE FROM name_rows WHERE document_id = ? RETURNING row');
    const remove = prepared(this.#database, 'DELETE FROM document_names WHERE rowid = ?');
    for (const id of documentIds) for (const { row } of rowOf.all(id)) remove.run(Number(row));
  }

  /** Documents whose names hold some of what is asked for, best first. `question` is the text as typed. */
  find(question: string, asked: readonly AskedName[]): NameMatch[] {
    const terms = [...new Set(asked.flatMap((word) => word.terms))];
    const plain = plainForm(question);
    const parts = [
      ...(plain === '' ? [] : [`plain : ${quoteTerm(plain)}`]),
      ...(terms.length === 0 ? [] : [`{name folders about} : (${terms.map(quoteTerm).join(' OR ')})`]),
    ];
    if (parts.length === 0) return [];
    const rows = this.#database
      .prepare(
        `SELECT document_id, plain, name, folders, about FROM document_names WHERE document_names MATCH ?
         ORDER BY bm25(document_names, 0, 50, 4, 1, 2) LIMIT ?`,
      )
      .all(parts.join(' OR '), maxCandidates);
    const wanted = wantedWords(asked);
    const total = wanted.reduce((sum, { information }) => sum + information, 0);
    const found = rows as NameRow[];
    // Where a file is called so, what is only entitled so is not meant.
    const isOfFile = found.some((row) => wholeNames(row).slice(0, 2).includes(plain));
    const isWhole = (row: NameRow) =>
      plain !== '' &&
      wholeNames(row)
        .slice(0, isOfFile ? 2 : undefined)
        .includes(plain);
    return found
      .map((row) => matchOf(row, wanted, total, isWhole(row)))
      .sort((a, b) => Number(b.isExact) - Number(a.isExact) || worthOf(b) - worthOf(a));
  }
}

type NameRow = { document_id: string; plain: string } & Record<(typeof fields)[number], string>;

/** The file's name without and with its ending, then its title and tags. */
const wholeNames = ({ plain }: NameRow): string[] => plain.split(' ');

/** A name that is all of the question and a question that is all of the name are worth most. */
const worthOf = ({ coverage, precision }: NameMatch): number => coverage * (1 + precision);

type WantedWord = { terms: readonly string[]; information: number };

/** Words that are asked for by themselves, each with the terms of the variants in which it lies. */
function wantedWords(asked: readonly AskedName[]): WantedWord[] {
  const variants = asked.filter(({ isVariant }) => isVariant);
  return asked
    .filter(({ isVariant }) => !isVariant)
    .map(({ terms, information, start, end }) => {
      const around = variants.filter((variant) => variant.start <= start && variant.end >= end);
      return { terms: [...terms, ...around.flatMap((variant) => variant.terms)], information };
    });
}

function matchOf(row: NameRow, asked: readonly WantedWord[], total: number, isExact: boolean): NameMatch {
  const held = fields.map((field) => ({
    weight: fieldWeights[field],
    terms: new Set(row[field].split(' ')),
  }));
  let covered = 0;
  const matched = new Set<string>();
  for (const { terms, information } of asked) {
    let weight = 0;
    for (const field of held) {
      const found = terms.find((term) => field.terms.has(term));
      if (found === undefined) continue;
      weight = Math.max(weight, field.weight);
      if (field === held[0]) matched.add(found);
    }
    covered += weight * information;
  }
  const nameSize = held[0]!.terms.size;
  return {
    documentId: row.document_id,
    coverage: total > 0 ? covered / total : 0,
    precision: nameSize > 0 ? matched.size / nameSize : 0,
    isExact,
  };
}

/** Letters and digits alone, folded: "TAM-Review.docx" → tamreviewdocx. */
const plainForm = (text: string): string => foldWord(text).replace(/[^\p{L}\p{N}\p{M}]+/gu, '');

const wordsIn = (name: string): number => name.match(/[\p{L}\p{N}\p{M}]+/gu)?.length ?? 0;

const stemOf = (fileName: string): string => fileName.replace(/(?<=.)\.[\p{L}\p{N}]{1,8}$/u, '');

const quoteTerm = (term: string): string => `"${term.replaceAll('"', '""')}"`;
