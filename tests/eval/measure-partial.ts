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
import { rankDocuments, rankPassages } from '../../src-main/search/ranking/rank-documents.ts';
import { wordWeight } from '../../src-main/search/ranking/word-weight.ts';
import { weighQuestion } from '../../src-main/search/words/weigh-question.ts';
import { ChunkStore } from '../../src-main/store/chunk-store.ts';
import type { FoundChunk } from '../../src-main/store/find-chunks.ts';
import { analyseQuestion } from '../../src-main/words/analyse-question.ts';
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
const ways = ['words alone', 'nothing', 'what its words say'] as const;

for (const name of names) {
  const questions = await gather(name);
  console.log(`\n${name}: ${questions.length} questions, nDCG@10`);
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
  const all = mean(questions.map((question) => score(question, 'nothing', () => true)));
  console.table([...rows, { embedded: '100 %', nothing: all.toFixed(4) }]);
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
  const fusion = { depth, wordWeight: weight, ...(way === 'nothing' ? {} : { hasVector }) };
  const ranked = rankPassages(lexical, dense, fusion);
  const documents = rankDocuments(ranked).map(({ documentId }) => documentId);
  return ndcg(documents, grades, 10);
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
    const { clauses, ceiling } = await weighQuestion(analyseQuestion(text, set.languages), set);
    questions.push({
      grades: collection.judgements.get(id)!,
      ceiling,
      lexical: await set.findByWords({ any: clauses, limit: depth }),
      dense: await set.findByVector(vectors[index]!, { limit: set.passageTotal }),
    });
  }
  await store.close();
  return questions;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / Math.max(1, numbers.length);
}
