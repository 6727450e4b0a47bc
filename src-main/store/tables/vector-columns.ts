/** The Arrow form of a passage's vector: whose it is, what searches are narrowed by, and the numbers. The text is elsewhere. */
import {
  Field,
  FixedSizeList,
  Float32,
  makeData,
  makeVector,
  Schema,
  type Table,
  Utf8,
  type Vector,
} from 'apache-arrow';
import { AppError } from '../../common/app-error.ts';
import type { VectorRow } from '../chunk-row.ts';
import { arrowRows, utf8 } from './arrow-rows.ts';
import { factColumns, factFields } from './fact-columns.ts';

const vectorType = (dimension: number) =>
  new FixedSizeList(dimension, new Field('item', new Float32(), true));

const fieldsOf = (dimension: number) => [
  new Field('chunkId', new Utf8(), false),
  new Field('documentId', new Utf8(), false),
  new Field('contentHash', new Utf8(), false),
  ...factFields,
  new Field('vector', vectorType(dimension), false),
];

export const vectorSchema = (dimension: number): Schema => new Schema(fieldsOf(dimension));

/** Throws `bad-request` for a vector of another length. */
export function vectorsToArrow(rows: readonly VectorRow[], dimension: number): Table {
  const columns = {
    ...factColumns(rows),
    chunkId: utf8(rows.map((row) => row.chunkId)),
    documentId: utf8(rows.map((row) => row.documentId)),
    contentHash: utf8(rows.map((row) => row.contentHash)),
    vector: packVectors(rows, dimension),
  };
  return arrowRows(fieldsOf(dimension), columns, rows.length);
}

function packVectors(rows: readonly VectorRow[], dimension: number): Vector {
  const values = new Float32Array(rows.length * dimension);
  rows.forEach(({ vector, chunkId }, index) => {
    if (vector.length !== dimension) {
      throw new AppError(
        'bad-request',
        `The passage ${chunkId} has a vector of ${vector.length} where this set needs ${dimension} numbers.`,
      );
    }
    values.set(vector, index * dimension);
  });
  const child = makeData({ type: new Float32(), length: values.length, nullCount: 0, data: values });
  return makeVector(makeData({ type: vectorType(dimension), length: rows.length, nullCount: 0, child }));
}
