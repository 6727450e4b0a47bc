/** Search by words must stay as good as BM25 gets, through the product's own chunks, index and search. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadBeirCollection } from '../../src-main/search/evaluation/beir-collection.ts';
import { evaluateCollection } from './evaluate-collection.ts';

const collections = join(import.meta.dirname, '../../../shared/data/ir');
/** Every n-th question of a collection that has thousands; fewer take too long for a test, more prove nothing further. */
const maxQueries = 400;

test.for<[string, number]>([
  ['scifact', 0.66],
  ['cranfield', 0.33],
  ['time', 0.7],
  ['squad_dev', 0.86],
])('%s: nDCG@10 of lexical search is at least %f', async ([name, floor], { skip }) => {
  const directory = join(collections, name);
  if (!existsSync(directory)) {
    console.warn(
      `SKIPPED: the test collection ${directory} is missing, so the quality of search is not checked.`,
    );
    skip();
  }
  const collection = await loadBeirCollection(directory);
  const step = Math.ceil(collection.queries.length / maxQueries);
  collection.queries = collection.queries.filter((_, index) => index % step === 0);
  // Those of which the figure speaks: to present a hundred takes several times as long.
  const { lexical } = await evaluateCollection(collection, ['lexical'], null, 10);
  console.log(`${name}: ${JSON.stringify(lexical)}`);
  expect(lexical!.ndcg10).toBeGreaterThanOrEqual(floor);
});
