import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SearchResponse } from '../../../src-main/contract/search.ts';
import { loadBeirCollection } from '../../../src-main/search/evaluation/beir-collection.ts';
import { corpusToDocuments } from '../../../src-main/search/evaluation/corpus-to-documents.ts';
import { evaluateQueries } from '../../../src-main/search/evaluation/evaluate-queries.ts';
import { ndcg, recall, reciprocalRank } from '../../../src-main/search/evaluation/retrieval-measures.ts';
import { temporaryDirectory } from '../store/fixtures.ts';
import { documentOf } from './fixtures.ts';

describe('measures agree with values computed by hand', () => {
  const grades = new Map([
    ['a', 3],
    ['b', 1],
    ['c', 2],
    ['zero', 0],
    ['bad', -1],
  ]);
  const ideal = 3 + 2 / Math.log2(3) + 1 / 2;

  test.each([
    [['a', 'c', 'b'], 1],
    [['b', 'x', 'a'], (1 + 3 / 2) / ideal],
    [['zero', 'bad', 'c'], 1 / ideal],
    [['x', 'y'], 0],
    [[...'ABCDEFGHIJ', 'a'], 0],
  ])('nDCG@10 of %j', (ranking, expected) => {
    expect(ndcg(ranking, grades, 10)).toBeCloseTo(expected, 12);
  });

  test('gain is linear, as in trec_eval: grade 3 at rank 2 is 3 / log2(3), not 7 / log2(3)', () => {
    expect(ndcg(['x', 'a'], new Map([['a', 3]]), 10)).toBeCloseTo(1 / Math.log2(3), 12);
    expect(
      ndcg(
        ['b', 'a'],
        new Map([
          ['a', 3],
          ['b', 1],
        ]),
        10,
      ),
    ).toBeCloseTo((1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)), 12);
  });

  test('more relevant documents than the depth holds: the ideal is cut too', () => {
    const many = new Map(Array.from({ length: 30 }, (_, n) => [`d${n}`, 1]));
    expect(
      ndcg(
        Array.from({ length: 10 }, (_, n) => `d${n + 20}`),
        many,
        10,
      ),
    ).toBeCloseTo(1, 12);
  });

  test('reciprocal rank and recall count grades above 0 only', () => {
    expect(reciprocalRank(['zero', 'x', 'b'], grades, 10)).toBeCloseTo(1 / 3, 12);
    expect(reciprocalRank([...'ABCDEFGHIJ', 'a'], grades, 10)).toBe(0);
    expect(recall(['a', 'zero', 'x', 'b'], grades, 100)).toBeCloseTo(2 / 3, 12);
    expect(recall(['x', 'a'], grades, 1)).toBe(0);
    expect(recall(['x'], new Map([['zero', 0]]), 100)).toBe(0);
  });
});

const corpus = '{"_id":"d1","title":"A title","text":"Body."}\n{"_id":2,"text":"No title."}\n';
const queries =
  '{"_id":"q1","text":"first"}\n{"_id":"q2","text":"unjudged"}\n{"_id":"q3","text":"none relevant"}\n';
const qrels = 'query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\t2\t1\nq3\td1\t0\n';

async function write(files: Record<string, string>): Promise<string> {
  const directory = join(await temporaryDirectory(), 'tiny');
  await mkdir(join(directory, 'qrels'), { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
  return directory;
}

test.each([
  ['qrels.tsv', qrels],
  ['qrels/test.tsv', qrels.replaceAll('\n', '\r\n')],
  ['qrels.tsv', 'q1\tQ0\td1\t2\nq1\tQ0\t2\t1\nq3\tQ0\td1\t0\n'],
  ['qrels.tsv', 'q1 Q0 d1 2\nq1 Q0 2 1\nq3 Q0 d1 0\n'],
])('a collection is read, with judgements in %s', async (path, content) => {
  const directory = await write({ 'corpus.jsonl': corpus, 'queries.jsonl': queries, [path]: content });
  const collection = await loadBeirCollection(directory);
  expect(collection.name).toBe('tiny');
  expect(collection.queries).toEqual([{ id: 'q1', text: 'first' }]);
  expect(collection.judgements.get('q1')).toEqual(
    new Map([
      ['d1', 2],
      ['2', 1],
    ]),
  );
  expect(corpusToDocuments(collection)).toEqual([
    {
      id: 'd1',
      document: {
        kind: 'text',
        title: 'A title',
        text: 'A title\n\nBody.',
        pages: [],
        headings: [{ level: 1, title: 'A title', start: 0 }],
      },
    },
    { id: '2', document: { kind: 'text', title: '', text: 'No title.', pages: [], headings: [] } },
  ]);
});

test('a corpus is read with a byte order mark, CR LF, blank lines, line separators in a text, and titles alone', async () => {
  const lines = [
    '{"_id":"a","title":"Only a title"}',
    '',
    '{"_id":"b","title":null,"text":"One\u2028two\u2029three\u0085four."}',
    '{"_id":7,"text":null}',
  ];
  const directory = await write({
    'corpus.jsonl': `\uFEFF${lines.join('\r\n')}`,
    'queries.jsonl': '\uFEFF{"_id":1,"text":"one"}\r\n',
    'qrels.tsv': '\uFEFF1\ta\t1\r\n',
  });
  const collection = await loadBeirCollection(directory);
  expect(collection.corpus).toEqual([
    { id: 'a', title: 'Only a title', text: '' },
    { id: 'b', title: '', text: 'One\u2028two\u2029three\u0085four.' },
    { id: '7', title: '', text: '' },
  ]);
  expect(collection.queries).toEqual([{ id: '1', text: 'one' }]);
});

test.each([
  [{ 'queries.jsonl': queries, 'qrels.tsv': qrels }, /corpus\.jsonl is missing/],
  [{ 'corpus.jsonl': corpus, 'queries.jsonl': queries }, /qrels\.tsv is missing/],
  [
    { 'corpus.jsonl': `${corpus}{"_id":`, 'queries.jsonl': queries, 'qrels.tsv': qrels },
    /line 3: this is no JSON object/,
  ],
  [{ 'corpus.jsonl': '{"_id":"a","text":1}', 'queries.jsonl': queries, 'qrels.tsv': qrels }, /line 1: text/],
  [
    { 'corpus.jsonl': '{"text":"of nobody"}', 'queries.jsonl': queries, 'qrels.tsv': qrels },
    /line 1: _id: expected a string or a number/,
  ],
  [
    { 'corpus.jsonl': `${corpus}${corpus}`, 'queries.jsonl': queries, 'qrels.tsv': qrels },
    /line 3: the id "d1" was there before/,
  ],
  [{ 'corpus.jsonl': corpus, 'queries.jsonl': queries, 'qrels.tsv': 'q1 d1\n' }, /no query|line 1/],
  [{ 'corpus.jsonl': corpus, 'queries.jsonl': queries, 'qrels.tsv': `${qrels}q1\td1\n` }, /line 5/],
  [{ 'corpus.jsonl': '', 'queries.jsonl': queries, 'qrels.tsv': qrels }, /no documents/],
])('a broken collection is refused with the file and the line: %#', async (files, message) => {
  const directory = await write(files as Record<string, string>);
  await expect(loadBeirCollection(directory)).rejects.toMatchObject({
    code: 'path-not-readable',
    message: expect.stringMatching(message),
  });
});

test('queries are asked as plain words, and an answer in another mode is no measurement', async () => {
  const directory = await write({
    'corpus.jsonl': corpus,
    'queries.jsonl': '{"_id":"q1","text":"type:pdf -first \\"and\\" last"}\n',
    'qrels.tsv': qrels,
  });
  const collection = await loadBeirCollection(directory);
  const asked: string[] = [];
  const answer = (mode: 'lexical' | 'hybrid', ids: string[]): SearchResponse => ({
    mode,
    groups: ids.map((id) => ({ document: { ...documentOf(id), path: id }, score: 1, hits: [] })),
    notices: ['No encoder.'],
    timing: {
      parseMs: 0,
      encodeMs: 0,
      lexicalMs: 0,
      denseMs: 0,
      fuseMs: 0,
      rerankMs: 0,
      presentMs: 0,
      totalMs: 0,
    },
  });
  const figures = await evaluateQueries(collection, {
    mode: 'lexical',
    k: 100,
    search: async (request) => {
      asked.push(request.query);
      return answer('lexical', ['2', 'd1']);
    },
  });
  expect(asked[0]).not.toMatch(/[":]|(^|\s)-/);
  expect(figures).toMatchObject({ queries: 1, mrr10: 1, recall100: 1 });
  expect(figures.ndcg10).toBeCloseTo((1 + 2 / Math.log2(3)) / (2 + 1 / Math.log2(3)), 12);
  const wrongMode = evaluateQueries(collection, {
    mode: 'hybrid',
    k: 100,
    search: async () => answer('lexical', []),
  });
  await expect(wrongMode).rejects.toMatchObject({ code: 'model-missing' });
});
