/** Asks every judged query of a collection through the product's own search, and measures the answers and how long they took. */

import { AppError } from '../../common/app-error.ts';
import type { EvaluationRow } from '../../contract/evaluation.ts';
import type { SearchMode, SearchRequest, SearchResponse } from '../../contract/search.ts';
import type { BeirCollection } from './beir-collection.ts';
import { ndcg, percentile, recall, reciprocalRank } from './retrieval-measures.ts';

export type EvaluationFigures = Pick<
  EvaluationRow,
  'queries' | 'ndcg10' | 'mrr10' | 'recall100' | 'p50_ms' | 'p95_ms'
>;

export type EvaluateOptions = {
  mode: SearchMode;
  /** Documents per query; below 100 the recall is cut short. */
  k: number;
  /** A document's path must be its id in the collection. */
  search: (request: SearchRequest) => Promise<SearchResponse>;
  onProgress?: (doneCount: number, totalCount: number) => void;
  signal?: AbortSignal;
};

/** Throws if the search answers in another mode than asked for: the figures would be those of something else. */
export async function evaluateQueries(
  collection: BeirCollection,
  { mode, k, search, onProgress, signal }: EvaluateOptions,
): Promise<EvaluationFigures> {
  const sums = { ndcg10: 0, mrr10: 0, recall100: 0 };
  const latenciesMs: number[] = [];
  for (const [index, query] of collection.queries.entries()) {
    signal?.throwIfAborted();
    const startedAtMs = performance.now();
    const response = await search({
      library: 'evaluation',
      query: plainQuery(query.text),
      mode,
      limit: k,
      passagesPerDocument: 1,
      // Judgements are of documents, each by itself.
      foldCopies: false,
    });
    latenciesMs.push(performance.now() - startedAtMs);
    if (response.mode !== mode) {
      const reason = response.notices.join(' ');
      throw new AppError('model-missing', `The search could not answer in ${mode} mode. ${reason}`);
    }
    const grades = collection.judgements.get(query.id) ?? new Map<string, number>();
    const ranking = response.groups.map((group) => group.document.path);
    sums.ndcg10 += ndcg(ranking, grades, 10);
    sums.mrr10 += reciprocalRank(ranking, grades, 10);
    sums.recall100 += recall(ranking, grades, 100);
    onProgress?.(index + 1, collection.queries.length);
  }
  const count = collection.queries.length;
  latenciesMs.sort((a, b) => a - b);
  return {
    queries: count,
    ndcg10: sums.ndcg10 / count,
    mrr10: sums.mrr10 / count,
    recall100: sums.recall100 / count,
    p50_ms: percentile(latenciesMs, 0.5),
    p95_ms: percentile(latenciesMs, 0.95),
  };
}

/** A collection's question is plain words: quotation marks, dashes and colons in it are no query syntax. */
const plainQuery = (text: string): string =>
  text
    .replace(/["“”]/g, ' ')
    .replace(/(^|\s)-+(?=\S)/g, '$1')
    .replace(/:/g, ' ');
