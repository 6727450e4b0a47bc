import { expect, test } from 'vitest';
import { formatEvaluation } from '../../../src-main/cli/output/format-evaluation.ts';
import { evaluationResultSchema, type QuestionRow } from '../../../src-main/contract/evaluation.ts';

const row = (changes: Partial<QuestionRow>): QuestionRow => ({
  collection: 'home',
  mode: 'hybrid',
  encoder: 'llara-mini',
  adapter: null,
  documents: 9,
  indexed: 8,
  kind: null,
  half: null,
  questions: 4,
  first: 0.5,
  first5: 0.75,
  mrr10: 0.625,
  sentence_shown: 1,
  sentence_in_snippet: 0.75,
  not_there: null,
  p50_ms: 12.34,
  p95_ms: 20,
  index_seconds: 3,
  ...changes,
});

const rows = [
  row({}),
  row({ half: 'shown', mrr10: 0.7 }),
  row({ half: 'aside', mrr10: 0.55 }),
  row({
    kind: 'unanswerable',
    first: null,
    first5: null,
    mrr10: null,
    sentence_shown: null,
    sentence_in_snippet: null,
    not_there: 0.9,
  }),
];
const columns = (text: string) => text.split('\n').map((line) => line.split(/ {2,}/));

test('questions have a line for each kind, with the halves beside their whole', () => {
  const [header, all, unanswerable, ...more] = columns(formatEvaluation(evaluationResultSchema.parse(rows)));
  expect(more).toEqual([]);
  expect(header).toHaveLength(13);
  expect(all).toEqual([
    'hybrid',
    '–',
    'all that have an answer',
    ...['4', '0.500', '0.750', '0.625', '0.700', '0.550', '1.000', '0.750', '–', '12.3'],
  ]);
  expect(unanswerable?.slice(2)).toEqual([
    'unanswerable',
    '4',
    ...Array.from({ length: 7 }, () => '–'),
    '0.900',
    '12.3',
  ]);
});

test('before and after adapting are told apart by the adapter, also where the halves are looked up', () => {
  const after = rows.map((each) => ({ ...each, adapter: 'a1', mrr10: 0.9 }));
  const result = evaluationResultSchema.parse({
    before: rows,
    after,
    adapt_seconds: 1,
    tokens_per_second: 1,
    adopted: true,
    sentence: 'It helped.',
    method: 'contrastive',
    stages: [],
    neighbour_weight: 0,
  });
  const lines = columns(formatEvaluation(result));
  expect(lines).toHaveLength(5);
  expect(lines[1]?.slice(6, 9)).toEqual(['0.625', '0.700', '0.550']);
  expect(lines[3]?.slice(6, 9)).toEqual(['0.900', '0.900', '0.900']);
});
