/**
 * The facts of a document that searches are narrowed by, as columns. Every table of a library repeats them in each row, so that a
 * condition is met before anything is ranked; they are written in one place (`ChunkStore.updateDocumentFacts`) for all tables.
 */
import type { Table, Vector } from 'apache-arrow';
import type { DocumentFacts } from '../chunk-row.ts';
import { Field, Float64, Utf8, vectorFromArray } from './arrow.ts';
import { arrowRows, utf8 } from './arrow-rows.ts';

export const factFields = [
  new Field('path', new Utf8(), false),
  new Field('kind', new Utf8(), false),
  new Field('modifiedAt', new Float64(), false),
];

export const factColumns = (rows: readonly DocumentFacts[]): Record<string, Vector> => ({
  path: utf8(rows.map((row) => row.path)),
  kind: utf8(rows.map((row) => row.kind)),
  modifiedAt: vectorFromArray(Float64Array.from(rows, (row) => row.modifiedAt)),
});

/** New facts for the rows of `rows` (chunkId, documentId), as the source of a merge on `chunkId`. */
export function factsToArrow(rows: Table, facts: ReadonlyMap<string, DocumentFacts>): Table {
  const chunkIds = Array.from(rows.getChild('chunkId')!) as string[];
  const documentIds = Array.from(rows.getChild('documentId')!) as string[];
  const columns = factColumns(documentIds.map((id) => facts.get(id)!));
  const fields = [new Field('chunkId', new Utf8(), false), ...factFields];
  return arrowRows(fields, { ...columns, chunkId: utf8(chunkIds) }, chunkIds.length);
}
