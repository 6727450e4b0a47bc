/**
 * Child process of the bench of vector indexes: builds one, looks for the width at which it finds enough, or takes the memory that asking it at this width needs.
 * Usage: one-index.ts FOLDER build|widen|ask KIND [WIDTH]. Prints one line of JSON.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type Table } from '@lancedb/lancedb';
import { bytesBelow } from '../support/bytes-below.ts';
import { peakMegabytes } from '../support/peak-memory.ts';
import { indexKinds, type Width } from './index-kinds.ts';

type Step = 'build' | 'widen' | 'ask';

const wantedRecall = 0.95;
/** As many as a search of the product asks for. */
const depth = 150;

const [folder, step, kind, given] = process.argv.slice(2) as [string, Step, string, string?];
const steps = { build, widen, ask };
const { config, widths } = indexKinds[kind]!;
const table = await (await connect(folder)).openTable('vectors');
const indexName = 'vector_idx';
console.log(JSON.stringify(await steps[step]()));
process.exit(0);

async function build() {
  if ((await table.listIndices()).length > 0) await table.dropIndex(indexName);
  await table.optimize({ cleanupOlderThan: new Date(), deleteUnverified: true });
  const before = bytesBelow(join(folder, 'vectors.lance'));
  const startedAtMs = performance.now();
  if (config) {
    const index = config(await table.countRows());
    await table.createIndex('vector', { config: index, waitTimeoutSeconds: 3600 });
  }
  const seconds = (performance.now() - startedAtMs) / 1000;
  const bytes = bytesBelow(join(folder, 'vectors.lance')) - before;
  return {
    buildSeconds: Number(seconds.toFixed(1)),
    buildPeakMB: peakMegabytes(),
    tableMB: toMegabytes(before),
    indexMB: toMegabytes(bytes),
  };
}

type Measured = { width: Width; recall: number; p50Ms: number };

/** The quickest of the widths that find enough, one of each list. */
async function widen() {
  const questions = readQuestions();
  const truth = kind === 'none' ? [] : await exactAnswers(questions);
  const enough: Measured[] = [];
  let highest = 0;
  for (const list of widths) {
    for (const width of list) {
      const measured = await measure(questions, truth, width);
      highest = Math.max(highest, measured.recall);
      if (measured.recall < wantedRecall) continue;
      enough.push(measured);
      break;
    }
  }
  const best = enough.sort((a, b) => a.p50Ms - b.p50Ms)[0];
  return best ?? { width: null, recall: highest, p50Ms: null };
}

/** Each question is asked twice, and timed the second time. */
async function measure(questions: number[][], truth: Set<string>[], width: Width): Promise<Measured> {
  const times: number[] = [];
  let hits = 0;
  for (const [index, question] of questions.entries()) {
    await find(table, question, width);
    const startedAtMs = performance.now();
    const found = await find(table, question, width);
    times.push(performance.now() - startedAtMs);
    hits += kind === 'none' ? depth : found.filter((id) => truth[index]!.has(id)).length;
  }
  const p50Ms = times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
  const recall = hits / (questions.length * depth);
  return { width, recall: Number(recall.toFixed(3)), p50Ms: Number(p50Ms.toFixed(1)) };
}

async function ask() {
  const opened = peakMegabytes();
  for (const question of readQuestions()) await find(table, question, JSON.parse(given ?? '{}'));
  return { askingMB: peakMegabytes() - opened };
}

function readQuestions(): number[][] {
  return JSON.parse(readFileSync(join(folder, 'questions.json'), 'utf8'));
}

async function exactAnswers(questions: number[][]): Promise<Set<string>[]> {
  const answers = [];
  for (const question of questions) answers.push(new Set(await find(table, question, null)));
  return answers;
}

async function find(from: Table, question: number[], width: Width | null): Promise<string[]> {
  const query = from
    .query()
    .nearestTo(question)
    .distanceType('dot')
    .select(['chunkId', '_distance'])
    .limit(depth);
  if (width === null || kind === 'none') query.bypassVectorIndex();
  else {
    if (width.probes) query.nprobes(width.probes);
    if (width.ef) query.ef(width.ef);
    if (width.refine) query.refineFactor(width.refine);
  }
  const rows = await query.toArrow();
  return Array.from(rows.getChild('chunkId') ?? []) as string[];
}

function toMegabytes(bytes: number): number {
  return Number((bytes / 1e6).toFixed(1));
}
