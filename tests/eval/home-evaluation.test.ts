/**
 * The made-up household is indexed from its files and asked by words: the whole way from a file's bytes to a rank. The
 * floors lie well below what docs/lab/household.md states, so that they break with a fault and not with a setting.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { QuestionRow } from '../../src-main/contract/evaluation.ts';
import { evaluationRequest } from '../../src-main/engine/jobs/kinds/evaluate-job.ts';
import { TestEngine } from '../support/test-engine.ts';
import { homeDocuments } from './home/home-documents.ts';
import { writeHome } from './home/write-home.ts';

const host = new TestEngine();
let rows: QuestionRow[];

beforeAll(async () => {
  const directory = host.path('household');
  await writeHome(directory);
  const { jobs } = await host.open();
  const request = { directory, mode: 'lexical', k: 10, adapt: false, method: 'auto', seed: 1 } as const;
  const job = await jobs.wait(jobs.submit(evaluationRequest(request)).id);
  if (job.state !== 'completed') throw new Error(`The evaluation ${job.state}: ${job.failure?.message}`);
  rows = job.result as QuestionRow[];
});
afterAll(async () => await host.close());

const row = (kind: string | null, half: QuestionRow['half'] = null) => {
  const found = rows.find((candidate) => candidate.kind === kind && candidate.half === half);
  if (!found) throw new Error(`There is no row for ${kind}, ${half}.`);
  return found;
};

test('every file is in the library, and those of every kind that is read are indexed', () => {
  expect(row(null)).toMatchObject({ mode: 'lexical', encoder: null });
  // What is inside a file, such as an attachment, is a document of its own.
  expect(row(null).documents).toBeGreaterThanOrEqual(homeDocuments().length);
  expect(row(null).indexed).toBeGreaterThan(800);
});

test.each([
  ['words', 0.9],
  ['identifier', 0.8],
  ['language', 0.8],
  ['person', 0.75],
  ['one-word', 0.8],
  ['file-name', 0.75],
  ['typing-error', 0.7],
  ['cell', 0.85],
])('of the questions of kind %s, words alone answer at least %d among the first five', (kind, floor) => {
  expect(row(kind).first5).toBeGreaterThanOrEqual(floor);
});

test('the answering sentence is shown where its words were asked for', () => {
  expect(row('words').sentence_shown).toBeGreaterThanOrEqual(0.8);
});

test('both halves are reported, and nothing is claimed about questions without an answer', () => {
  expect(row(null, 'shown').questions + row(null, 'aside').questions).toBe(row(null).questions);
  expect(row('unanswerable')).toMatchObject({ first: null, mrr10: null, sentence_shown: null });
});
