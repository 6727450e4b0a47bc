/**
 * How well a library answers while only some of its documents have vectors, by what passages without one are given in place of a vector
 * score. Usage: node tests/eval/measure-partial.ts COLLECTIONS_FOLDER MODEL.gguf NAME… [--index FOLDER]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../src-main/common/seeded-random.ts';
import { createTextEncoder } from '../../src-main/llara/encode/create-text-encoder.ts';
import { loadBeirCollection } from '../../src-main/search/evaluation/beir-collection.ts';
import { ndcg } from '../../src-main/search/evaluation/retrieval-measures.ts';
import { vectorScorePredictor } from '../../src-main/search/predict-vector-score.ts';
import { rankDocuments, rankPassages } from '../../src-main/search/rank-documents.ts';
import { lowerWords } from '../../src-main/search/text-words.ts';
import { wordWeight } from '../../src-main/search/word-weight.ts';
import { ChunkStore } from '../../src-main/store/chunk-store.ts';
import type { FoundChunk } from '../../src-main/store/find-chunks.ts';
import { indexCollection } from './index-collection.ts';

const { values, positionals } = parseArgs({
  options: { index: { type: 'string', default: '/tmp/llara-measure-partial' } },
  allowPositionals: true,
});
const [folder = '', modelPath = '', ...names] = positionals;
const depth = 150;
const maxQueries = 300;
const parts = [0.1, 0.34, 0.67, 0.9];
const encoder = await createTextEncoder({ modelPath, device: 'cpu' });

type Question = { grades: Map<string, number>; ceiling: number; lexical: FoundChunk[]; dense: FoundChunk[] };

/** What a passage without a vector gets on top of its words' part, and none at all (words alone for everything). */
const ways = ['words alone', 'nothing, as before', 'its word score', 'what its word score predicts'] as const;

for (const name of names) {
  const questions = await gather(name);
  console.log(`\n${name}: ${questions.length} questions, nDCG@10; the usual line of word and vector scores:`);
  console.log(usualLine(questions));
  const rows = parts.map((part) => {
    const random = seededRandom(`${name} ${part}`);
    const chosen = new Map<string, boolean>();
    const hasVector = ({ documentId }: { documentId: string }) => {
      const known = chosen.get(documentId) ?? random.next() < part;
      chosen.set(documentId, known);
      return known;
    };
    const scores = ways.map((way) => mean(questions.map((question) => score(question, way, hasVector))));
    return {
      embedded: `${part * 100} %`,
      ...Object.fromEntries(ways.map((way, at) => [way, scores[at]!.toFixed(4)])),
    };
  });
  const all = mean(questions.map((question) => score(question, 'nothing, as before', () => true)));
  console.table([...rows, { embedded: '100 %', 'nothing, as before': all.toFixed(4) }]);
}
await encoder.dispose();

function score(
  question: Question,
  way: (typeof ways)[number],
  hasVector: (found: FoundChunk) => boolean,
): number {
  const { lexical, ceiling, grades } = question;
  const dense = way === 'words alone' ? [] : question.dense.filter(hasVector).slice(0, depth);
  const weight = wordWeight(lexical[0]?.score ?? 0, ceiling);
  const predicts = way === 'what its word score predicts';
  let ranked = rankPassages(lexical, dense, {
    depth,
    wordWeight: weight,
    ...(predicts ? { hasVector } : {}),
  });
  if (way === 'its word score') {
    const highest = lexical[0]?.score ?? 1;
    const lowest = lexical.length < depth ? 0 : lexical.at(-1)!.score;
    const own = (found: number) => (found - lowest) / (highest - lowest || 1);
    ranked = ranked
      .map((passage) => {
        const lacks = passage.score.lexical !== null && !hasVector(passage.found);
        const fused = passage.score.fused + (lacks ? (1 - weight) * own(passage.score.lexical!) : 0);
        return { ...passage, score: { ...passage.score, fused } };
      })
      .sort((a, b) => b.score.fused - a.score.fused);
  }
  const documents = rankDocuments(ranked).map(({ documentId }) => documentId);
  return ndcg(documents, grades, 10);
}

/** Where half of the questions' own lines start at a word score of 0, and how they rise. */
function usualLine(questions: readonly Question[]): { at0: string; at1: string } {
  const lines = questions.flatMap(({ lexical, dense }) => {
    if (lexical.length < 2 || dense.length < 2) return [];
    const list = dense.slice(0, depth);
    const low = list.at(-1)!.score;
    const vectors = new Map(
      list.map((found) => [found.chunkId, (found.score - low) / (list[0]!.score - low)]),
    );
    const lowest = lexical.length < depth ? 0 : lexical.at(-1)!.score;
    const span = lexical[0]!.score - lowest;
    if (!(span > 0)) return [];
    const pairs = lexical.map(
      (found) => [(found.score - lowest) / span, vectors.get(found.chunkId) ?? 0] as const,
    );
    const predict = vectorScorePredictor(pairs);
    return [[predict(0), predict(1)] as const];
  });
  return { at0: mean(lines.map(([at]) => at)).toFixed(3), at1: mean(lines.map(([, at]) => at)).toFixed(3) };
}

async function gather(name: string): Promise<Question[]> {
  const collection = await loadBeirCollection(join(folder, name));
  const store = await ChunkStore.open(join(values.index, name));
  const set = await store.openSet('measured', encoder.dimension);
  if (set.embeddedCount === 0) await indexCollection(set, collection, encoder);
  const step = Math.max(1, Math.ceil(collection.queries.length / maxQueries));
  const queries = collection.queries.filter((_, index) => index % step === 0);
  const vectors = await encoder.encode(
    queries.map(({ text }) => text),
    'query',
  );
  const questions: Question[] = [];
  for (const [index, { id, text }] of queries.entries()) {
    questions.push({
      grades: collection.judgements.get(id)!,
      ceiling: await set.wordCeiling(lowerWords(text)),
      lexical: await set.findByWords({ text, limit: depth }),
      dense: await set.findByVector(vectors[index]!, { limit: set.passageTotal }),
    });
  }
  await store.close();
  return questions;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / Math.max(1, numbers.length);
}
