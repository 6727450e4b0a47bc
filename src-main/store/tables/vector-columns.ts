/**
 * The Arrow form of a passage's vector: whose it is, what searches are narrowed by, and the numbers; the text is elsewhere. The numbers are kept
 * in half precision, which takes half the room and half the time to compare and changes no ranking to speak of (docs/search.md).
 */
import type { Schema as ArrowSchema, Table, Vector } from 'apache-arrow';
import { AppError } from '../../common/app-error.ts';
import type { VectorRow } from '../chunk-row.ts';
import {
  Binary,
  Field,
  FixedSizeList,
  Float16,
  makeData,
  makeVector,
  Schema,
  Utf8,
  vectorFromArray,
} from './arrow.ts';
import { arrowRows, utf8 } from './arrow-rows.ts';
import { factColumns, factFields } from './fact-columns.ts';

/** Vectors of the passage's parts; null where there are none. */
export const windowsColumn = 'windows';

const vectorType = (dimension: number) =>
  new FixedSizeList(dimension, new Field('item', new Float16(), true));

const fieldsOf = (dimension: number) => [
  new Field('chunkId', new Utf8(), false),
  new Field('documentId', new Utf8(), false),
  new Field('contentHash', new Utf8(), false),
  ...factFields,
  new Field('vector', vectorType(dimension), false),
  new Field(windowsColumn, new Binary(), true),
];

/** Adds what tables of earlier versions lack. */
export const addedWindows = { name: windowsColumn, valueSql: "arrow_cast(NULL, 'Binary')" };

export const vectorSchema = (dimension: number): ArrowSchema => new Schema(fieldsOf(dimension));

/** Throws `bad-request` for a vector of another length. */
export function vectorsToArrow(rows: readonly VectorRow[], dimension: number): Table {
  const columns = {
    ...factColumns(rows),
    chunkId: utf8(rows.map((row) => row.chunkId)),
    documentId: utf8(rows.map((row) => row.documentId)),
    contentHash: utf8(rows.map((row) => row.contentHash)),
    vector: packVectors(rows, dimension),
    [windowsColumn]: vectorFromArray(
      rows.map(({ windows }) => windows),
      new Binary(),
    ),
  };
  return arrowRows(fieldsOf(dimension), columns, rows.length);
}

/** One row of a column of vectors. Tables that earlier versions made have them in single precision. */
export function readVector(column: Vector, row: number): Float32Array {
  const numbers: Uint16Array | Float32Array = column.get(row).toArray();
  return numbers instanceof Float32Array
    ? Float32Array.from(numbers)
    : Float32Array.from(new Float16Array(numbers.slice().buffer));
}

function packVectors(rows: readonly VectorRow[], dimension: number): Vector {
  const values = new Float16Array(rows.length * dimension);
  rows.forEach(({ vector, chunkId }, index) => {
    if (vector.length !== dimension) {
      throw new AppError(
        'bad-request',
        `The passage ${chunkId} has a vector of ${vector.length} where this set needs ${dimension} numbers.`,
      );
    }
    values.set(vector, index * dimension);
  });
  const child = makeData({
    type: new Float16(),
    length: values.length,
    nullCount: 0,
    data: new Uint16Array(values.buffer),
  });
  return makeVector(makeData({ type: vectorType(dimension), length: rows.length, nullCount: 0, child }));
}
