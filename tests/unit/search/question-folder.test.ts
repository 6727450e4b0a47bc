/** A folder of files with questions: read with its faults named, asked as typed, summed up by kind and half. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Hit, SearchRequest, SearchResponse } from '../../../src-main/contract/search.ts';
import { type AskedQuestion, askQuestions } from '../../../src-main/search/evaluation/ask-questions.ts';
import {
  type FolderQuestion,
  loadQuestionFolder,
} from '../../../src-main/search/evaluation/question-folder.ts';
import { summariseAnswers } from '../../../src-main/search/evaluation/summarise-answers.ts';
import { temporaryDirectory } from '../store/fixtures.ts';
import { documentOf } from './fixtures.ts';

const question = (id: string, changes: Partial<FolderQuestion> = {}): FolderQuestion => ({
  id,
  query: `query ${id}`,
  relevant: ['a.txt'],
  kind: 'words',
  sentence: 'The answer, in full.',
  half: null,
  ...changes,
});

async function write(files: Record<string, string>): Promise<string> {
  const directory = join(await temporaryDirectory(), 'home');
  await mkdir(join(directory, 'files/letters'), { recursive: true });
  await writeFile(join(directory, 'files/letters/a.txt'), 'The answer.');
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
  return directory;
}

describe('reading', () => {
  const line = '{"id":"q1","query":"what","relevant":["letters/a.txt"]}';
  const read = {
    id: 'q1',
    query: 'what',
    relevant: ['letters/a.txt'],
    kind: 'all',
    sentence: null,
    half: null,
  };

  test.each([
    ['questions.json', `\uFEFF[${line}]`],
    ['questions.jsonl', `${line}\r\n\r\n`],
  ])('%s', async (name, content) => {
    const folder = await loadQuestionFolder(await write({ [name]: content }));
    expect(folder).toMatchObject({ name: 'home', questions: [read] });
  });

  test('a folder without questions is another kind of collection', async () => {
    expect(await loadQuestionFolder(await write({}))).toBeNull();
  });

  test.each([
    ['questions.json', '[', /questions\.json: this is no JSON/],
    ['questions.jsonl', `${line}\n{`, /line 2: this is no JSON/],
    ['questions.json', '[{"id":"q1","query":7,"relevant":[]}]', /question 1, query/],
    ['questions.json', `[${line},${line}]`, /“q1” was there before/],
    ['questions.json', '[]', /holds no questions/],
    ['questions.json', '[{"id":"q1","query":"what","relevant":["b.txt"]}]', /“b\.txt” is said to answer/],
  ])('%s with a fault is refused with its place: %#', async (name, content, message) => {
    await expect(loadQuestionFolder(await write({ [name]: content }))).rejects.toMatchObject({
      code: 'path-not-readable',
      message: expect.stringMatching(message),
    });
  });

  test('without files there is nothing to ask', async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'questions.json'), `[${line}]`);
    await expect(loadQuestionFolder(directory)).rejects.toMatchObject({ code: 'path-not-readable' });
  });
});

describe('asking', () => {
  const answer = (groups: Record<string, string>, confident?: boolean): SearchResponse => ({
    mode: 'lexical',
    groups: Object.entries(groups).map(([path, text]) => ({
      document: documentOf(path),
      score: 1,
      hits: [{ text, snippet: text.slice(0, 22) } as Hit],
    })),
    notices: [],
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
    ...(confident === undefined ? {} : { confident }),
  });
  const ask = async (response: SearchResponse, changes: Partial<FolderQuestion> = {}) => {
    const requests: SearchRequest[] = [];
    const search = async (request: SearchRequest) => {
      requests.push(request);
      return response;
    };
    const [asked] = await askQuestions([question('q', changes)], { mode: 'lexical', search });
    return { ...asked!, request: requests[0]! };
  };

  test('as a person types it, with the syntax of the product', async () => {
    const { request } = await ask(answer({}), { query: '"a phrase" -word type:pdf' });
    expect(request.query).toBe('"a phrase" -word type:pdf');
  });

  test.each([
    [{ 'b.txt': 'The answer, in full.', 'a.txt': 'the\nanswer – in FULL' }, 2, true, true],
    [{ 'a.txt': 'Not at the beginning, but further on: the answer, in full.' }, 1, true, false],
    [{ 'a.txt': 'Something else.', 'b.txt': 'The answer, in full.' }, 1, false, false],
    [{ 'b.txt': 'The answer, in full.' }, null, false, false],
  ])(
    'rank of the first file that answers, and whether its sentence is shown and stands in the snippet: %#',
    async (groups, rank, sentenceShown, sentenceInSnippet) => {
      const asked = await ask(answer(groups));
      expect(asked).toMatchObject({ rank, sentenceShown, sentenceInSnippet, saidNothingAnswers: null });
    },
  );

  test('a search that judges its answers is believed', async () => {
    expect(await ask(answer({}, false))).toMatchObject({ saidNothingAnswers: true });
    expect(await ask(answer({}, true))).toMatchObject({ saidNothingAnswers: false });
  });

  test('an answer in another mode is no measurement', async () => {
    const asking = askQuestions([question('q')], { mode: 'dense', search: async () => answer({}) });
    await expect(asking).rejects.toMatchObject({ code: 'model-missing' });
  });
});

test('all that have an answer come first, then each kind, each whole and by halves', () => {
  const asked = (id: string, rank: number | null, changes: Partial<FolderQuestion>): AskedQuestion => ({
    question: question(id, changes),
    rank,
    sentenceShown: changes.sentence === null ? null : rank !== null,
    sentenceInSnippet: changes.sentence === null ? null : rank === 1,
    saidNothingAnswers: changes.relevant ? true : null,
    milliseconds: rank ?? 0,
  });
  const rows = summariseAnswers([
    asked('w1', 1, { half: 'shown' }),
    asked('w2', 4, { half: 'aside' }),
    asked('p1', null, { half: 'shown', kind: 'paraphrase' }),
    asked('u1', null, { half: 'shown', kind: 'unanswerable', relevant: [], sentence: null }),
  ]);
  expect(rows.map(({ kind, half, questions }) => [kind, half, questions])).toEqual([
    [null, null, 3],
    [null, 'shown', 2],
    [null, 'aside', 1],
    ['words', null, 2],
    ['words', 'shown', 1],
    ['words', 'aside', 1],
    ['paraphrase', null, 1],
    ['paraphrase', 'shown', 1],
    ['unanswerable', null, 1],
    ['unanswerable', 'shown', 1],
  ]);
  expect(rows[3]).toMatchObject({
    first: 0.5,
    first5: 1,
    mrr10: 0.625,
    sentence_shown: 1,
    sentence_in_snippet: 0.5,
    not_there: null,
  });
  expect(rows[0]!.mrr10).toBeCloseTo(1.25 / 3, 12);
  expect(rows[8]).toMatchObject({
    first: null,
    first5: null,
    mrr10: null,
    sentence_shown: null,
    not_there: 1,
  });
});
