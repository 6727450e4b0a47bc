/**
 * Prints tables of docs/lab/fusion.md: how documents are scored by their passages, and how words and vectors are fused, over all
 * collections at once. Usage: node tests/eval/measure-fusion.ts COLLECTIONS_FOLDER [MODEL.gguf] [INDEX_FOLDER]
 */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createTextEncoder } from '../../src-main/llara/encode/create-text-encoder.ts';
import { loadBeirCollection } from '../../src-main/search/evaluation/beir-collection.ts';
import { ndcg } from '../../src-main/search/evaluation/retrieval-measures.ts';
import { expandQuery } from '../../src-main/search/ranking/expand-query.ts';
import { rankDocuments, rankPassages } from '../../src-main/search/ranking/rank-documents.ts';
import { rankingSettings, type WordWeighting } from '../../src-main/search/ranking/ranking-settings.ts';
import { wordWeight } from '../../src-main/search/ranking/word-weight.ts';
import { weighQuestion } from '../../src-main/search/words/weigh-question.ts';
import { ChunkStore } from '../../src-main/store/chunk-store.ts';
import type { FoundChunk } from '../../src-main/store/find-chunks.ts';
import { analyseQuestion } from '../../src-main/words/analyse-question.ts';
import { indexCollection } from './index-collection.ts';
import { aggregationVariants, fusionVariants } from './support/fusion-variants.ts';

/** `looks` holds what vectors find, by `lookName`: for the question itself, and for it moved towards the first passages. */
type Candidates = {
  grades: Map<string, number>;
  /** What a passage would score that held every word of the question as well as any does. */
  ceiling: number;
  lexical: FoundChunk[];
  looks: Map<string, FoundChunk[]>;
};

type Look = readonly [count: number, weight: number] | null;
type Rank = (candidates: Candidates) => string[];

const [collectionsFolder, modelPath, indexFolder = '/tmp/llara-measure-fusion'] = process.argv.slice(2);
if (!collectionsFolder)
  throw new Error('Usage: node tests/eval/measure-fusion.ts COLLECTIONS_FOLDER [MODEL.gguf]');
const depth = Number(process.env.DEPTH ?? 150);
/** Every n-th query of the large collection: ten thousand add nothing to a choice between settings. */
const maxQueries = 400;
/** How many passages the question moves towards, and how far; null leaves it where it is. */
const looks: readonly Look[] = [null, [2, 1], [2, 1.5], [3, 1], [3, 2], [5, 1]];
const fixed = (weight: number): WordWeighting => [[0, weight]];
const weightings: readonly WordWeighting[] = [
  rankingSettings.wordWeighting,
  [
    [0.15, 0.1],
    [0.35, 0.5],
  ],
  [
    [0.15, 0.1],
    [0.35, 0.5],
    [0.5, 0.5],
    [0.7, 0.8],
  ],
  [
    [0.1, 0.2],
    [0.6, 0.8],
  ],
  ...[0.4, 0.5, 0.6, 0.7].map(fixed),
];

const encoder = modelPath ? await createTextEncoder({ modelPath, device: 'cpu' }) : null;
const names = (await readdir(collectionsFolder)).sort();
const candidates = new Map<string, Candidates[]>();
for (const name of names) candidates.set(name, await gather(name));

const variants = [...aggregationVariants(), ...(encoder ? fusionVariants([0, 1], [0, 1]) : [])];
printTable(
  variants.map(({ name, rank }) => [
    name,
    ({ lexical, looks: found }) => rank(lexical, found.get(lookName(null)) ?? []),
  ]),
);
if (encoder) {
  console.log('\nAs the product ranks:');
  printTable(looks.flatMap((look) => weightings.map((weighting) => productVariant(look, weighting))));
}
await encoder?.dispose();

async function gather(name: string): Promise<Candidates[]> {
  const collection = await loadBeirCollection(join(collectionsFolder!, name));
  const store = await ChunkStore.open(join(indexFolder, name));
  const set = await store.openSet(modelPath ? basename(modelPath) : 'words', encoder?.dimension ?? 0);
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
    const { clauses, ceiling } = await weighQuestion(analyseQuestion(query.text, set.languages), set);
    const lexical = await set.findByWords({ any: clauses, limit: depth });
    const vector = vectors[index];
    const found = new Map<string, FoundChunk[]>();
    if (vector) {
      const dense = await set.findByVector(vector, { limit: depth });
      const fusion = { depth, wordWeight: wordWeight(lexical[0]?.score ?? 0, ceiling) };
      const first = rankPassages(lexical, dense, fusion);
      for (const look of looks) {
        const feedback = look
          ? await set.vectorsOf(first.slice(0, look[0]).map((passage) => passage.found))
          : [];
        const moved = look && expandQuery(vector, feedback, look[1]);
        found.set(lookName(look), moved ? await set.findByVector(moved, { limit: depth }) : dense);
      }
    }
    gathered.push({ grades, ceiling, lexical, looks: found });
  }
  console.error(`${name}: ${await set.countRows()} passages, ${queries.length} queries`);
  await store.close();
  return gathered;
}

function lookName(look: Look): string {
  return look ? `towards ${look[0]}, weight ${look[1]}` : 'no feedback';
}

function productVariant(look: Look, weighting: WordWeighting): [string, Rank] {
  const words =
    weighting.length === 1
      ? weighting[0]![1]
      : weighting.map(([at, weight]) => `${at} → ${weight}`).join(', ');
  return [
    `${lookName(look)}; words ${words}`,
    ({ lexical, looks: found, ceiling }) => {
      const fusion = { depth, wordWeight: wordWeight(lexical[0]?.score ?? 0, ceiling, weighting) };
      const passages = rankPassages(lexical, found.get(lookName(look))!, fusion);
      return rankDocuments(passages).map(({ documentId }) => documentId);
    },
  ];
}

function printTable(rankings: readonly (readonly [string, Rank])[]): void {
  const rows = rankings.map(([name, rank]) => {
    const means = names.map((collection) => {
      const all = candidates.get(collection)!;
      return all.reduce((total, each) => total + ndcg(rank(each), each.grades, 10), 0) / all.length;
    });
    return { name, means, mean: means.reduce((sum, value) => sum + value, 0) / means.length };
  });
  rows.sort((a, b) => b.mean - a.mean);
  console.log(`\n| nDCG@10 | ${names.join(' | ')} | mean |\n|${' --- |'.repeat(names.length + 2)}`);
  for (const { name, means, mean } of rows) {
    console.log(`| ${name} | ${[...means, mean].map((value) => value.toFixed(4).slice(1)).join(' | ')} |`);
  }
}
