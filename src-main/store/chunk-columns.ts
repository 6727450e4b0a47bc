/**
 * The Arrow form of a passage. `words` is what the full-text index reads: the headings, words that are not shown, then the text; the text alone
 * is cut out of it by `textStart`, so that it is stored once.
 */
import {
  Field,
  FixedSizeList,
  Float32,
  Float64,
  Int32,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import { AppError } from '../common/app-error.ts';
import type { DocumentKind } from '../contract/libraries.ts';
import type { ChunkRow, FoundPassage } from './chunk-row.ts';

const plainFields = [
  new Field('chunkId', new Utf8(), false),
  new Field('documentId', new Utf8(), false),
  new Field('path', new Utf8(), false),
  new Field('kind', new Utf8(), false),
  new Field('modifiedAt', new Float64(), false),
  new Field('contentHash', new Utf8(), false),
  new Field('ordinal', new Int32(), false),
  new Field('words', new Utf8(), false),
  new Field('textStart', new Int32(), false),
  new Field('headingPath', new Utf8(), false),
  new Field('page', new Int32(), true),
  new Field('start', new Int32(), false),
  new Field('end', new Int32(), false),
];

const vectorType = (dimension: number) =>
  new FixedSizeList(dimension, new Field('item', new Float32(), true));

/** Columns of everything but the vector. */
export const plainColumns = plainFields.map((field) => field.name);

/** Columns of a passage that is shown: reading a row costs by the column. */
export const passageColumns = ['chunkId', 'words', 'textStart', 'headingPath', 'page', 'start', 'end'];

/** A set with dimension 0 has no vector column: it answers by words only. */
export const chunkSchema = (dimension: number): Schema =>
  new Schema(
    dimension === 0 ? plainFields : [...plainFields, new Field('vector', vectorType(dimension), false)],
  );

/** Throws `bad-request` for a row whose vector does not fit the set. */
export function rowsToArrow(rows: readonly ChunkRow[], dimension: number): Table {
  const words = rows.map(wordsOf);
  const columns: Record<string, Vector> = {
    words: utf8(words.map((entry) => entry.words)),
    textStart: vectorFromArray(Int32Array.from(words, (entry) => entry.textStart)),
    headingPath: utf8(rows.map((row) => JSON.stringify(row.headingPath))),
    page: vectorFromArray(
      rows.map((row) => row.page),
      new Int32(),
    ),
    modifiedAt: vectorFromArray(Float64Array.from(rows, (row) => row.modifiedAt)),
    ordinal: vectorFromArray(Int32Array.from(rows, (row) => row.ordinal)),
    start: vectorFromArray(Int32Array.from(rows, (row) => row.start)),
    end: vectorFromArray(Int32Array.from(rows, (row) => row.end)),
  };
  for (const name of ['chunkId', 'documentId', 'path', 'kind', 'contentHash'] as const) {
    columns[name] = utf8(rows.map((row) => row[name]));
  }
  if (dimension > 0) columns.vector = packVectors(rows, dimension);
  const schema = chunkSchema(dimension);
  const children = schema.fields.map((field) => columns[field.name]!.data[0]!);
  const data = makeData({ type: new Struct(schema.fields), length: rows.length, nullCount: 0, children });
  return new Table(schema, [new RecordBatch(schema, data)]);
}

/** New paths for the rows of `rows` (chunkId, documentId), as the source of a merge on `chunkId`. */
export function pathsToArrow(rows: Table, paths: ReadonlyMap<string, string>): Table {
  const chunkIds = Array.from(rows.getChild('chunkId')!) as string[];
  const documentIds = Array.from(rows.getChild('documentId')!) as string[];
  const fields = plainFields.filter(({ name }) => name === 'chunkId' || name === 'path');
  const children = [utf8(chunkIds), utf8(documentIds.map((id) => paths.get(id)!))].map(
    (column) => column.data[0]!,
  );
  const data = makeData({ type: new Struct(fields), length: chunkIds.length, nullCount: 0, children });
  const schema = new Schema(fields);
  return new Table(schema, [new RecordBatch(schema, data)]);
}

/** `batch` must hold `plainColumns`, and may hold `vector`. */
export function arrowToRows(batch: RecordBatch): ChunkRow[] {
  const column = (name: string) => batch.getChild(name);
  const columns = Object.fromEntries(plainColumns.map((name) => [name, column(name)!]));
  const vectors = column('vector');
  const passages = arrowToPassages(batch);
  return Array.from({ length: batch.numRows }, (_, index) => {
    const value = (name: string) => columns[name]!.get(index);
    return {
      documentId: value('documentId'),
      path: value('path'),
      kind: value('kind') as DocumentKind,
      modifiedAt: value('modifiedAt'),
      contentHash: value('contentHash'),
      ordinal: value('ordinal'),
      ...passages[index]!,
      ...extraWordsIn(value('words'), value('textStart'), passages[index]!.headingPath),
      vector: vectors ? Float32Array.from(vectors.get(index).toArray() as Float32Array) : null,
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
      text: (value('words') as string).slice(value('textStart')),
      headingPath: JSON.parse(value('headingPath')),
      page: value('page'),
      start: value('start'),
      end: value('end'),
    };
  });
}

const utf8 = (values: readonly string[]): Vector => vectorFromArray(values, new Utf8());

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

function wordsOf(row: ChunkRow): { words: string; textStart: number } {
  const lines = [row.headingPath.join('\n'), row.extraWords ?? ''].filter((line) => line !== '');
  const context = lines.map((line) => `${line}\n`).join('');
  return { words: context + row.text, textStart: context.length };
}

function packVectors(rows: readonly ChunkRow[], dimension: number): Vector {
  const values = new Float32Array(rows.length * dimension);
  rows.forEach(({ vector, chunkId }, index) => {
    if (vector?.length !== dimension) {
      throw new AppError(
        'bad-request',
        `The passage ${chunkId} has ${vector ? `a vector of ${vector.length}` : 'no vector'} where this set needs ${dimension} numbers.`,
      );
    }
    values.set(vector, index * dimension);
  });
  const child = makeData({ type: new Float32(), length: values.length, nullCount: 0, data: values });
  const type = vectorType(dimension);
  return makeVector(makeData({ type, length: rows.length, nullCount: 0, child }));
}
