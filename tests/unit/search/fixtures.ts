/** A small library for tests of the search, with an encoder whose vectors depend on the letters of words alone. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Document } from '../../../src-main/contract/libraries.ts';
import { type SearchRequest, searchRequestSchema } from '../../../src-main/contract/search.ts';
import type { TextEncoder } from '../../../src-main/llara/encode/text-encoder.ts';
import { searchLibrary } from '../../../src-main/search/search-library.ts';
import type { RelatedWords } from '../../../src-main/search/words/related-words.ts';
import type { ChunkRow } from '../../../src-main/store/chunk-row.ts';
import { type ChunkSet, ChunkStore } from '../../../src-main/store/chunk-store.ts';
import { temporaryDirectory } from '../store/fixtures.ts';
import { letterVector, makeRow } from '../store/rows.ts';

export const letterEncoder = ({
  languages = [],
  ...changes
}: Partial<TextEncoder & { languages: string[] }> = {}): TextEncoder => ({
  info: {
    id: 'letters',
    name: 'letters',
    adapterId: null,
    adaptsPassages: false,
    languages,
    countsByWord: false,
  },
  dimension: 16,
  maxTextTokens: 100,
  device: 'none',
  encode: async (texts) => texts.map((text) => letterVector(text)),
  encodePassages: async (texts) => texts.map((text) => ({ vector: letterVector(text), windows: [] })),
  makesWindows: false,
  countTokens: (texts) => texts.map((text) => text.split(' ').length),
  dispose: async () => {},
  ...changes,
});

export const documentOf = (id: string): Document => ({
  id,
  folderId: 'folder',
  path: `/documents/${id}`,
  relativePath: id,
  title: id,
  kind: 'text',
  sizeBytes: 1,
  modifiedAt: 0,
  state: 'indexed',
  reason: null,
  pageCount: null,
  chunkCount: 1,
});

type Passages = Record<string, Partial<ChunkRow>>;

/** One passage per entry; its document's id is the key up to a dot. */
export async function openSetWith(passages: Passages): Promise<ChunkSet> {
  return await openSetIn(await temporaryDirectory(), passages);
}

/** The same, made once for all tests of a file, which only ask it. */
export function sharedSetWith(passages: Passages): () => ChunkSet {
  let directory: string;
  let set: ChunkSet;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'llara-store-'));
    set = await openSetIn(directory, passages);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));
  return () => set;
}

async function openSetIn(directory: string, passages: Passages): Promise<ChunkSet> {
  const store = await ChunkStore.open(directory);
  const set = await store.openSet('letters', 16);
  const rows = Object.entries(passages).map(([key, changes], index) => {
    const documentId = key.split('.')[0]!;
    return makeRow(documentId, index, { vector: letterVector(changes.text ?? ''), ...changes });
  });
  const byDocument = Map.groupBy(rows, (row) => row.documentId);
  await set.replaceDocuments(
    Array.from(byDocument, ([documentId, list]) => ({
      documentId,
      rows: list.map((row, ordinal) => ({ ...row, ordinal, chunkId: `${documentId}:${ordinal}` })),
    })),
  );
  return set;
}

export const ask = (
  set: ChunkSet,
  query: string,
  changes: Partial<SearchRequest> & {
    encoder?: TextEncoder | null;
    related?: RelatedWords;
    neighbourWeight?: number;
    signal?: AbortSignal;
  } = {},
) => {
  const { encoder = letterEncoder(), related, neighbourWeight = 0, signal, ...request } = changes;
  return searchLibrary(
    { set, encoder, documents: (ids) => ids.map(documentOf), related, neighbourWeight },
    searchRequestSchema.parse({ query, ...request }),
    signal,
  );
};
