/** Small deterministic passages for tests of the store and the search. */
import type { ChunkRow } from '../../../src-main/store/chunk-row.ts';
import { analyseText } from '../../../src-main/words/analyse-text.ts';

export function makeRow(documentId: string, ordinal: number, changes: Partial<ChunkRow> = {}): ChunkRow {
  return {
    chunkId: `${documentId}:${ordinal}`,
    documentId,
    path: `/documents/${documentId}.txt`,
    kind: 'text',
    modifiedAt: Date.UTC(2024, 0, 1),
    contentHash: `hash-of-${documentId}`,
    ordinal,
    language: 'en',
    text: `Passage ${ordinal} of ${documentId}.`,
    headingPath: [documentId],
    page: null,
    start: ordinal * 100,
    end: ordinal * 100 + 99,
    vector: null,
    ...changes,
  };
}

export const makeDocument = (documentId: string, rowCount: number, changes: Partial<ChunkRow> = {}) => ({
  documentId,
  rows: Array.from({ length: rowCount }, (_, ordinal) => makeRow(documentId, ordinal, changes)),
});

/** What a search asks the word index for, every word alike. */
export const askedTerms = (text: string) =>
  analyseText(text, 'en').flatMap(({ terms }) => terms.map((term) => ({ term })));

/** A unit vector whose direction depends on the words' letters only. */
export function letterVector(text: string, dimension = 16): Float32Array {
  const vector = new Float32Array(dimension);
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    let hash = 7;
    for (const character of word) hash = (hash * 31 + character.codePointAt(0)!) >>> 0;
    vector[hash % dimension]! += 1;
  }
  const norm = Math.hypot(...vector) || 1;
  return vector.map((value) => value / norm);
}
