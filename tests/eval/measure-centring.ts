/**
 * Prints the table of docs/lab/taking-the-mean-away.md: how well meaning alone finds documents when every vector, of passages and
 * questions alike, is moved away from the mean of the collection's passages and made unit again. Usage:
 *
 *   node tests/eval/measure-centring.ts COLLECTIONS_FOLDER WORK_FOLDER MODEL.gguf… [--only NAME,NAME] [--documents N] [--questions N] [--threads N]
 *
 * Vectors are kept in WORK_FOLDER, by encoder and collection, so that a second run computes none.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dot } from '../../src-main/common/vectors/dot.ts';
import { chunkDocument } from '../../src-main/library/passages/chunk-document.ts';
import { passageText } from '../../src-main/library/passages/passage-text.ts';
import { createTextEncoder } from '../../src-main/llara/encode/create-text-encoder.ts';
import type { TextEncoder, TextRole } from '../../src-main/llara/encode/text-encoder.ts';
import {
  type BeirCollection,
  type BeirQuery,
  loadBeirCollection,
} from '../../src-main/search/evaluation/beir-collection.ts';
import { corpusToDocuments } from '../../src-main/search/evaluation/corpus-to-documents.ts';
import { ndcg } from '../../src-main/search/evaluation/retrieval-measures.ts';
import { rankDocuments } from './support/rank-documents.ts';

/** How much of the mean is taken away. */
const shares = [0, 0.25, 0.5, 0.75, 1];
/** Every n-th question of a large collection, as in measure-fusion.ts. */
const defaultQuestions = 400;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    threads: { type: 'string', default: '2' },
    documents: { type: 'string' },
    questions: { type: 'string' },
  },
});
const maxQueries = Number(values.questions ?? defaultQuestions);
const maxDocuments = Number(values.documents ?? Number.POSITIVE_INFINITY);
const [collectionsFolder, workFolder, ...modelPaths] = positionals;
if (!collectionsFolder || !workFolder || modelPaths.length === 0) {
  throw new Error(
    'Usage: node tests/eval/measure-centring.ts COLLECTIONS_FOLDER WORK_FOLDER MODEL.gguf… [--only NAME,NAME] [--documents N] [--questions N]',
  );
}
const names = values.only?.split(',') ?? (await readdir(collectionsFolder)).sort();
await mkdir(workFolder, { recursive: true });
for (const modelPath of modelPaths) {
  const encoder = await createTextEncoder({ modelPath, device: 'cpu', threads: Number(values.threads) });
  const columns = new Map<string, number[]>();
  for (const name of names) columns.set(name, await measure(encoder, name));
  printTable(`${encoder.info.name} (${encoder.info.id})`, columns);
  await encoder.dispose();
}

/** nDCG@10 at each of `shares`. */
async function measure(encoder: TextEncoder, name: string): Promise<number[]> {
  const whole = await loadBeirCollection(join(collectionsFolder!, name));
  const step = Math.max(1, Math.ceil(whole.queries.length / maxQueries));
  const queries = whole.queries.filter((_, index) => index % step === 0);
  const collection = partOf(whole, queries);
  const { judgements } = collection;
  const passages = corpusToDocuments(collection).flatMap(({ id, document }) =>
    chunkDocument(document, (texts) => encoder.countTokens(texts)).map((chunk) => ({
      documentId: id,
      text: passageText(chunk),
    })),
  );
  const startedAtMs = performance.now();
  const texts = passages.map(({ text }) => text);
  const documents = await keptVectors(encoder, `${name}-passages`, texts, 'passage');
  const questions = await keptVectors(
    encoder,
    `${name}-queries`,
    queries.map(({ text }) => text),
    'query',
  );
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(0);
  console.error(
    `${name}: ${collection.corpus.length} documents, ${passages.length} passages, ${queries.length} questions, ${seconds} s`,
  );
  const mean = meanOf(documents);
  const documentIds = passages.map(({ documentId }) => documentId);
  const figures = shares.map((share) => {
    const moved = documents.map((vector) => movedAway(vector, mean, share));
    const gains = queries.map(({ id }, index) => {
      const ranking = rankDocuments(movedAway(questions[index]!, mean, share), moved, documentIds);
      return ndcg(ranking, judgements.get(id) ?? new Map(), 10);
    });
    return gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  });
  console.error(`${name}: ${figures.map((figure) => figure.toFixed(4)).join(' ')}`);
  return figures;
}

/** All documents that the asked questions are judged on, and of the others as many as `maxDocuments` leaves room for, evenly. */
function partOf(collection: BeirCollection, asked: readonly BeirQuery[]): BeirCollection {
  const { corpus, judgements } = collection;
  const judged = new Set(asked.flatMap(({ id }) => [...(judgements.get(id) ?? new Map()).keys()]));
  const others = corpus.filter(({ id }) => !judged.has(id));
  const step = Math.max(1, others.length / Math.max(1, maxDocuments - judged.size));
  const taken = new Set(others.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step)));
  return { ...collection, corpus: corpus.filter((entry) => judged.has(entry.id) || taken.has(entry)) };
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]!.length);
  for (const vector of vectors) {
    for (const [index, value] of vector.entries()) mean[index]! += value / vectors.length;
  }
  return mean;
}

/** The unit vector of `vector − share · mean`. */
function movedAway(vector: Float32Array, mean: Float32Array, share: number): Float32Array {
  const moved = vector.map((value, index) => value - share * mean[index]!);
  const length = Math.sqrt(dot(moved, moved)) || 1;
  return moved.map((value) => value / length);
}

/** Rows of float32 in a file; it is computed anew where its number of texts is another. */
async function keptVectors(
  encoder: TextEncoder,
  name: string,
  texts: readonly string[],
  role: TextRole,
): Promise<Float32Array[]> {
  const path = join(workFolder!, `${encoder.info.id}-${name}.f32`);
  const width = encoder.dimension;
  if (existsSync(path)) {
    const bytes = await readFile(path);
    const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    if (numbers.length === texts.length * width) {
      return texts.map((_, row) => numbers.subarray(row * width, (row + 1) * width));
    }
  }
  const vectors = await encoder.encode(texts, role);
  await writeFile(path, Buffer.concat(vectors.map((vector) => Buffer.from(vector.buffer))));
  return vectors;
}

function printTable(title: string, columns: ReadonlyMap<string, readonly number[]>): void {
  console.log(`\n| ${title} | ${[...columns.keys()].join(' | ')} | mean |`);
  console.log(`|${' --- |'.repeat(columns.size + 2)}`);
  for (const [row, share] of shares.entries()) {
    const figures = Array.from(columns.values(), (figuresOf) => figuresOf[row]!);
    const mean = figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
    console.log(
      `| ${share} | ${[...figures, mean].map((figure) => figure.toFixed(4).slice(1)).join(' | ')} |`,
    );
  }
}
