/** Indexes a collection into a store of its own and asks its queries, for tests; the store is gone afterwards. `k`: documents a query. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SearchMode } from '../../src-main/contract/search.ts';
import type { TextEncoder } from '../../src-main/llara/encode/text-encoder.ts';
import type { BeirCollection } from '../../src-main/search/evaluation/beir-collection.ts';
import {
  type EvaluationFigures,
  evaluateQueries,
} from '../../src-main/search/evaluation/evaluate-queries.ts';
import { searchLibrary } from '../../src-main/search/search-library.ts';
import { ChunkStore } from '../../src-main/store/chunk-store.ts';
import { collectionDocument, indexCollection } from './index-collection.ts';

export async function evaluateCollection(
  collection: BeirCollection,
  modes: readonly SearchMode[],
  encoder: TextEncoder | null,
  k = 100,
): Promise<Record<string, EvaluationFigures>> {
  const directory = await mkdtemp(join(tmpdir(), 'llara-eval-test-'));
  const store = await ChunkStore.open(directory);
  try {
    const set = await store.openSet('collection', encoder?.dimension ?? 0);
    await indexCollection(set, collection, encoder);
    const documents = (ids: string[]) => ids.map(collectionDocument);
    const figures: Record<string, EvaluationFigures> = {};
    for (const mode of modes) {
      figures[mode] = await evaluateQueries(collection, {
        mode,
        k,
        search: (request) => searchLibrary({ set, encoder, documents }, request),
      });
    }
    return figures;
  } finally {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  }
}
