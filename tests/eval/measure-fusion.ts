/**
 * Prints the tables of docs/search.md: how documents are scored by their passages, and how words and vectors are fused, over all
 * collections at once. Usage: node tests/eval/measure-fusion.ts COLLECTIONS_FOLDER [MODEL.gguf] [INDEX_FOLDER]
 */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createTextEncoder } from '../../src-main/llara/create-text-encoder.ts';
import { loadBeirCollection } from '../../src-main/search/evaluation/beir-collection.ts';
import { ndcg } from '../../src-main/search/evaluation/retrieval-measures.ts';
import { ChunkStore } from '../../src-main/store/chunk-store.ts';
import { aggregationVariants, fusionVariants, type Passages, type Variant } from './fusion-variants.ts';
import { indexCollection } from './index-collection.ts';

type Candidates = { grades: Map<string, number>; lexical: Passages; dense: Passages };

const [collectionsFolder, modelPath, indexFolder = '/tmp/llara-measure-fusion'] = process.argv.slice(2);
if (!collectionsFolder)
  throw new Error('Usage: node tests/eval/measure-fusion.ts COLLECTIONS_FOLDER [MODEL.gguf]');
const depth = Number(process.env.DEPTH ?? 300);
/** Every n-th query of the large collection: ten thousand add nothing to a choice between settings. */
const maxQueries = 1500;

const encoder = modelPath ? await createTextEncoder({ modelPath, device: 'cpu' }) : null;
const store = await ChunkStore.open(indexFolder);
const names = (await readdir(collectionsFolder)).sort();
const candidates = new Map<string, Candidates[]>();
for (const name of names) candidates.set(name, await gather(name));
await store.close();

printTable(aggregationVariants());
for (const words of [
  [0, 1],
  [0.3, 3],
] as [number, number][]) {
  console.log(`\nPassages: words ${words.join(', ')}; vectors 0, 1`);
  printTable(fusionVariants(words, [0, 1]));
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
    gathered.push({
      grades: collection.judgements.get(query.id)!,
      lexical: await set.findByWords({ text: query.text, limit: depth }),
      dense: vectors[index] ? await set.findByVector(vectors[index], { limit: depth }) : [],
    });
  }
  console.error(`${name}: ${await set.countRows()} passages, ${queries.length} queries`);
  return gathered;
}

function printTable(variants: readonly Variant[]): void {
  const rows = variants.map(({ name, rank }) => {
    const means = names.map((collection) => {
      const all = candidates.get(collection)!;
      const sum = all.reduce(
        (total, { grades, lexical, dense }) => total + ndcg(rank(lexical, dense), grades, 10),
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
