/**
 * Prints the tables of docs/search.md: how documents are scored by their passages, and how words and vectors are fused, over all
 * collections at once. Usage: node tests/eval/measure-fusion.ts COLLECTIONS_FOLDER [MODEL.gguf] [INDEX_FOLDER]
 */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createTextEncoder } from '../../src-main/llara/create-text-encoder.ts';
import { loadBeirCollection } from '../../src-main/search/evaluation/beir-collection.ts';
import { ndcg } from '../../src-main/search/evaluation/retrieval-measures.ts';
import { expandQuery } from '../../src-main/search/expand-query.ts';
import { rankPassages } from '../../src-main/search/rank-documents.ts';
import { lowerWords } from '../../src-main/search/text-words.ts';
import { wordWeight } from '../../src-main/search/word-weight.ts';
import { ChunkStore } from '../../src-main/store/chunk-store.ts';
import {
  aggregationVariants,
  convexVariants,
  fusionVariants,
  type Passages,
  type Variant,
} from './fusion-variants.ts';
import { indexCollection } from './index-collection.ts';

/** `expanded` holds what vectors find for a question that was moved towards the first passages, by setting. */
type Candidates = {
  grades: Map<string, number>;
  /** What the product would give words for this question. */
  wordWeight: number;
  lexical: Passages;
  dense: Passages;
  expanded: Map<string, Passages>;
};

const [collectionsFolder, modelPath, indexFolder = '/tmp/llara-measure-fusion'] = process.argv.slice(2);
if (!collectionsFolder)
  throw new Error('Usage: node tests/eval/measure-fusion.ts COLLECTIONS_FOLDER [MODEL.gguf]');
const depth = Number(process.env.DEPTH ?? 300);
/** Every n-th query of the large collection: ten thousand add nothing to a choice between settings. */
const maxQueries = 400;
/** How many passages the question moves towards, and how far. */
const feedbackSettings = [
  [2, 1.5],
  [3, 1],
  [3, 2],
  [5, 1],
] as const;

const encoder = modelPath ? await createTextEncoder({ modelPath, device: 'cpu' }) : null;
const store = await ChunkStore.open(indexFolder);
const names = (await readdir(collectionsFolder)).sort();
const candidates = new Map<string, Candidates[]>();
for (const name of names) candidates.set(name, await gather(name));
await store.close();

printTable(aggregationVariants());
if (encoder) {
  printTable([...fusionVariants([0, 1], [0, 1]), ...convexVariants().slice(0, 1)]);
  for (const setting of feedbackSettings) {
    console.log(`\nThe question moved towards ${setting[0]} passages with weight ${setting[1]}:`);
    printTable(convexVariants(), (candidates) => candidates.expanded.get(String(setting))!);
  }
}
await encoder?.dispose();

async function gather(name: string): Promise<Candidates[]> {
  const collection = await loadBeirCollection(join(collectionsFolder!, name));
  const set = await store.openSet(
    `${name}-${modelPath ? basename(modelPath) : 'words'}`,
    encoder?.dimension ?? 0,
  );
  if ((await set.countRows()) === 0) await indexCollection(set, collection, encoder);
  const step = Math.max(1, Math.ceil(collection.queries.length / maxQueries));
  const queries = collection.queries.filter((_, index) => index % step === 0);
  const vectors =
    (await encoder?.encode(
      queries.map((query) => query.text),
      'query',
    )) ?? [];
  const gathered: Candidates[] = [];
  for (const [index, query] of queries.entries()) {
    const grades = collection.judgements.get(query.id)!;
    const lexical = await set.findByWords({ text: query.text, limit: depth });
    const vector = vectors[index];
    const dense = vector ? await set.findByVector(vector, { limit: depth }) : [];
    const ceiling = await set.wordCeiling(lowerWords(query.text));
    const fusion = { depth, wordWeight: wordWeight(lexical[0]?.score ?? 0, ceiling) };
    const expanded = new Map<string, Passages>();
    for (const [count, weight] of vector ? feedbackSettings : []) {
      const first = rankPassages(lexical, dense, fusion).slice(0, count);
      const feedback = await set.vectorsOf(first.map(({ found }) => found));
      const moved = expandQuery(vector!, feedback, weight);
      expanded.set(String([count, weight]), await set.findByVector(moved, { limit: depth }));
    }
    gathered.push({ grades, wordWeight: fusion.wordWeight, lexical, dense, expanded });
  }
  console.error(`${name}: ${await set.countRows()} passages, ${queries.length} queries`);
  return gathered;
}

function printTable(
  variants: readonly Variant[],
  vectorsOf: (candidates: Candidates) => Passages = (candidates) => candidates.dense,
): void {
  const rows = variants.map(({ name, rank }) => {
    const means = names.map((collection) => {
      const all = candidates.get(collection)!;
      const sum = all.reduce(
        (total, each) => total + ndcg(rank(each.lexical, vectorsOf(each), each.wordWeight), each.grades, 10),
        0,
      );
      return sum / all.length;
    });
    return { name, means, mean: means.reduce((sum, value) => sum + value, 0) / means.length };
  });
  rows.sort((a, b) => b.mean - a.mean);
  console.log(`\n| nDCG@10 | ${names.join(' | ')} | mean |\n|${' --- |'.repeat(names.length + 2)}`);
  for (const { name, means, mean } of rows) {
    console.log(`| ${name} | ${[...means, mean].map((value) => value.toFixed(4).slice(1)).join(' | ')} |`);
  }
}
