/** What a table holds of each document, and which documents to read at a time. Every table of a library has these columns. */
import type { Table } from '@lancedb/lancedb';

export type DocumentVersion = { contentHash: string; rows: number };

export type ReadRowsOptions = {
  /** All documents where it is left out. */
  documentIds?: readonly string[];
  withVectors?: boolean;
  /** About how many rows come at a time. */
  batchRows?: number;
  signal?: AbortSignal;
};

/** Ids in one SQL condition: enough to be quick, few enough for the parser. */
const idsPerCondition = 500;

/** Some 30 ms per 100 000 rows. */
export async function readDocumentVersions(table: Table): Promise<Map<string, DocumentVersion>> {
  const versions = new Map<string, DocumentVersion>();
  for await (const batch of table.query().select(['documentId', 'contentHash'])) {
    const ids = batch.getChild('documentId')!;
    const hashes = batch.getChild('contentHash')!;
    for (let row = 0; row < batch.numRows; row++) {
      const known = versions.get(ids.get(row));
      if (known) known.rows += 1;
      else versions.set(ids.get(row), { contentHash: hashes.get(row), rows: 1 });
    }
  }
  return versions;
}

/** Ids of known documents, in groups that hold about as many rows as were asked for at a time. */
export function* groupsToRead(
  versions: ReadonlyMap<string, DocumentVersion>,
  { documentIds, batchRows = 512 }: ReadRowsOptions,
): Generator<string[]> {
  let group: string[] = [];
  let rowCount = 0;
  for (const id of documentIds ?? [...versions.keys()]) {
    const version = versions.get(id);
    if (!version) continue;
    group.push(id);
    rowCount += version.rows;
    if (rowCount < batchRows && group.length < idsPerCondition) continue;
    yield group;
    group = [];
    rowCount = 0;
  }
  if (group.length > 0) yield group;
}

/** As many ids at a time as one condition takes. */
export function* inIdGroups(ids: readonly string[]): Generator<string[]> {
  for (let first = 0; first < ids.length; first += idsPerCondition) {
    yield ids.slice(first, first + idsPerCondition);
  }
}
