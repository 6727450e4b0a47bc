/**
 * The Arrow form of a passage. `words` holds the headings, words that are not shown, then the text; the text alone is cut out of it by `textStart`,
 * so that it is stored once. `terms` is what the full-text index reads: all of these words as the analyser makes them.
 */
import type { RecordBatch, Table } from 'apache-arrow';
import type { DocumentKind } from '../../contract/libraries.ts';
import { indexedTerms } from '../../words/analyse-text.ts';
import { passageWords } from '../../words/passage-words.ts';
import type { FoundPassage, PassageRow } from '../chunk-row.ts';
import { termColumn } from '../words/word-index.ts';
import { Field, Int32, Schema, Utf8, vectorFromArray } from './arrow.ts';
import { arrowRows, utf8 } from './arrow-rows.ts';
import { factColumns, factFields } from './fact-columns.ts';

const fields = [
  new Field('chunkId', new Utf8(), false),
  new Field('documentId', new Utf8(), false),
  ...factFields,
  new Field('contentHash', new Utf8(), false),
  new Field('ordinal', new Int32(), false),
  new Field('language', new Utf8(), true),
  new Field('words', new Utf8(), false),
  new Field(termColumn, new Utf8(), false),
  new Field('textStart', new Int32(), false),
  new Field('headingPath', new Utf8(), false),
  new Field('page', new Int32(), true),
  new Field('start', new Int32(), false),
  new Field('end', new Int32(), false),
];

export const passageSchema = new Schema(fields);

/** Columns of a whole row. */
export const rowColumns = fields.map((field) => field.name).filter((name) => name !== termColumn);

/** Columns of a passage that is shown: reading a row costs by the column. */
export const passageColumns = [
  'chunkId',
  'language',
  'words',
  'textStart',
  'headingPath',
  'page',
  'start',
  'end',
];

export function passagesToArrow(rows: readonly PassageRow[]): Table {
  const words = rows.map(passageWords);
  const columns = {
    ...factColumns(rows),
    chunkId: utf8(rows.map((row) => row.chunkId)),
    documentId: utf8(rows.map((row) => row.documentId)),
    contentHash: utf8(rows.map((row) => row.contentHash)),
    language: vectorFromArray(
      rows.map((row) => row.language),
      new Utf8(),
    ),
    words: utf8(words.map((entry) => entry.words)),
    [termColumn]: utf8(
      rows.map((row, index) => row.terms ?? indexedTerms(words[index]!.words, row.language)),
    ),
    textStart: vectorFromArray(Int32Array.from(words, (entry) => entry.textStart)),
    headingPath: utf8(rows.map((row) => JSON.stringify(row.headingPath))),
    page: vectorFromArray(
      rows.map((row) => row.page),
      new Int32(),
    ),
    ordinal: vectorFromArray(Int32Array.from(rows, (row) => row.ordinal)),
    start: vectorFromArray(Int32Array.from(rows, (row) => row.start)),
    end: vectorFromArray(Int32Array.from(rows, (row) => row.end)),
  };
  return arrowRows(fields, columns, rows.length);
}

/** New terms for passages, as the source of a merge on `chunkId`. */
export function termsToArrow(rows: readonly PassageRow[]): Table {
  const fields = [new Field('chunkId', new Utf8(), false), new Field(termColumn, new Utf8(), false)];
  const columns = {
    chunkId: utf8(rows.map((row) => row.chunkId)),
    [termColumn]: utf8(rows.map((row) => indexedTerms(passageWords(row).words, row.language))),
  };
  return arrowRows(fields, columns, rows.length);
}

/** `batch` must hold `rowColumns`. */
export function arrowToRows(batch: RecordBatch): PassageRow[] {
  const columns = Object.fromEntries(rowColumns.map((name) => [name, batch.getChild(name)!]));
  const passages = arrowToPassages(batch);
  return passages.map((passage, index) => {
    const value = (name: string) => columns[name]!.get(index);
    return {
      documentId: value('documentId'),
      path: value('path'),
      kind: value('kind') as DocumentKind,
      modifiedAt: value('modifiedAt'),
      contentHash: value('contentHash'),
      ordinal: value('ordinal'),
      ...passage,
      ...extraWordsIn(value('words'), value('textStart'), passage.headingPath),
    };
  });
}

/** `batch` must hold `passageColumns`. */
export function arrowToPassages(batch: RecordBatch): FoundPassage[] {
  const columns = Object.fromEntries(passageColumns.map((name) => [name, batch.getChild(name)!]));
  return Array.from({ length: batch.numRows }, (_, index) => {
    const value = (name: string) => columns[name]!.get(index);
    return {
      chunkId: value('chunkId'),
      language: value('language'),
      text: (value('words') as string).slice(value('textStart')),
      headingPath: JSON.parse(value('headingPath')),
      page: value('page'),
      start: value('start'),
      end: value('end'),
    };
  });
}

/** The line of a row's `words` that is neither a heading nor text, so that a row that is copied keeps it. */
function extraWordsIn(
  words: string,
  textStart: number,
  headingPath: readonly string[],
): { extraWords?: string } {
  const headings = headingPath.join('\n');
  const extraWords = words.slice(headings === '' ? 0 : headings.length + 1, textStart).trimEnd();
  return extraWords === '' ? {} : { extraWords };
}
