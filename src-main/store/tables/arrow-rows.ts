/** Arrow tables out of plain columns, with exactly the fields that a table of the store has: inference would guess other types. */
import type { Table as ArrowTable, Field, Vector } from 'apache-arrow';
import { makeData, RecordBatch, Schema, Struct, Table, Utf8, vectorFromArray } from './arrow.ts';

export const utf8 = (values: readonly string[]): Vector => vectorFromArray(values, new Utf8());

/** `columns` has one vector of `length` for every field. */
export function arrowRows(fields: Field[], columns: Record<string, Vector>, length: number): ArrowTable {
  const children = fields.map((field) => columns[field.name]!.data[0]!);
  const schema = new Schema(fields);
  const data = makeData({ type: new Struct(fields), length, nullCount: 0, children });
  return new Table(schema, [new RecordBatch(schema, data)]);
}
