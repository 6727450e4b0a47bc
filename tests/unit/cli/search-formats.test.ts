/** Every notation that `llara search` prints, against a golden file, on text that is awkward in each of them. */
import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { Terminal } from '../../../src-main/cli/output/terminal.ts';
import { type RowFormat, rowFormats } from '../../../src-main/cli/results/format-rows.ts';
import { formatText } from '../../../src-main/cli/results/format-text.ts';
import { resultRows } from '../../../src-main/cli/results/result-rows.ts';
import type { Document } from '../../../src-main/contract/libraries.ts';
import type { Hit, SearchResponse } from '../../../src-main/contract/search.ts';

const document = (id: string, path: string, title: string): Document => ({
  id,
  folderId: 'f1',
  path,
  relativePath: path.slice(1),
  title,
  kind: 'pdf',
  sizeBytes: 1,
  modifiedAt: 0,
  state: 'indexed',
  reason: null,
  pageCount: 3,
  chunkCount: 1,
});

const hit = (text: string, fields: Partial<Hit> = {}): Hit => ({
  chunkId: 'c',
  text,
  snippet: text,
  highlights: [],
  sentence: null,
  matchedWords: [],
  headingPath: [],
  page: null,
  range: { start: 0, end: text.length },
  score: { fused: 0.5, lexical: 3.25, lexicalRank: 1, dense: null, denseRank: null },
  ...fields,
});

const first = 'The lease ends in May.\n=SUM(A1) & "rent" <b>, *all* of it\u0007 end';
const response: SearchResponse = {
  mode: 'hybrid',
  groups: [
    {
      document: document('d1', '/home/a b/lease & rent.pdf', 'Lease [2024]'),
      score: 0.5,
      hits: [
        hit(first, {
          snippet: 'The lease ends in May.',
          highlights: [{ start: 4, end: 9 }],
          sentence: { start: 0, end: 22 },
          headingPath: ['Terms', 'End'],
          page: 2,
        }),
        hit('=HYPERLINK("x")', { page: 3 }),
      ],
    },
    { document: document('d2', '/home/cake.md', ''), score: 0.25, hits: [hit('Plum cake\r\nneeds an oven')] },
  ],
  notices: [],
  timing: {
    parseMs: 1,
    encodeMs: 0,
    lexicalMs: 2,
    denseMs: 0,
    fuseMs: 1,
    rerankMs: 0,
    presentMs: 1,
    totalMs: 5,
  },
};
const nothing: SearchResponse = { ...response, groups: [] };
const stream = new PassThrough() as unknown as NodeJS.WriteStream;
const terminal = new Terminal(stream, stream);

test.each([
  ['text', { full: false }],
  ['text-full', { full: true }],
  ['text-lines', { full: false, lines: 1 }],
  ['text-explain', { full: false, explain: true }],
])('%s', async (name, options) => {
  const text = formatText(response, { explain: false, ...options, terminal });
  await expect(`${text}\n`).toMatchFileSnapshot(`golden/search.${name}.txt`);
});

test.each<[string, [boolean, boolean], RegExp[], RegExp]>([
  [
    'a line stands between what is certain and the rest',
    [true, false],
    [/^1\. Lease/, /^── less certain ──$/, /^2\. home/],
    /^1 document, 1 less certain in/,
  ],
  [
    'a line stands above where nothing is certain',
    [false, false],
    [/^── nothing certain ──$/, /^1\. Lease/, /^2\. home/],
    /^Nothing certain, 2 documents in/,
  ],
  ['no line stands where all is certain', [true, true], [/^1\. Lease/, /^2\. home/], /^2 documents in/],
])('%s', (_, certain, expected, footer) => {
  const groups = response.groups.map((group, index) => ({ ...group, certain: certain[index]! }));
  const lines = formatText({ ...response, groups }, { explain: false, full: false, terminal }).split('\n');
  expect(lines.filter((line) => /^(\d+\. |──)/.test(line))).toEqual(
    expected.map((line) => expect.stringMatching(line)),
  );
  expect(lines.at(-1)).toMatch(footer);
});

test('json is the answer of the engine, which the contract describes', async () => {
  const text = JSON.stringify({ query: 'lease', ...response }, null, 2);
  await expect(`${text}\n`).toMatchFileSnapshot('golden/search.json.txt');
});

test.each(Object.keys(rowFormats) as RowFormat[])('%s', async (format) => {
  const rows = (answer: SearchResponse) =>
    resultRows('when "does" it end', answer, { library: 'default', full: true });
  await expect(`${rowFormats[format](rows(response))}\n`).toMatchFileSnapshot(`golden/search.${format}.txt`);
  expect(rowFormats[format](rows(nothing)).split('\n').length).toBeLessThan(5);
});

test('paths are links where the terminal takes them', () => {
  try {
    vi.stubEnv('FORCE_HYPERLINK', '1');
    expect(formatText(response, { explain: false, full: false, terminal })).toContain(
      '\u001B]8;;file:///home/a%20b/lease%20&%20rent.pdf\u001B\\',
    );
    vi.stubEnv('FORCE_HYPERLINK', '0');
    expect(formatText(response, { explain: false, full: false, terminal })).not.toContain('\u001B]8');
  } finally {
    vi.unstubAllEnvs();
  }
});

test('a document cannot give the terminal orders', () => {
  const hostile = structuredClone(response);
  hostile.groups[0]!.document.title = 'a\u001B]0;owned\u0007';
  hostile.groups[0]!.hits[0]!.snippet = 'The\u001B[2Jlease\u009B1m';
  for (const full of [false, true]) {
    const text = formatText(hostile, { explain: false, full, terminal });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(text).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/);
  }
});

test('a link leads to the library that holds the document, and copies of a document are told of', () => {
  const [group] = response.groups;
  const elsewhere = { ...group!, library: 'work', places: ['/home/a b/lease & rent.pdf', '/disk/copy.pdf'] };
  const groups = [elsewhere, response.groups[1]!];
  const rows = resultRows('lease', { ...response, groups }, { library: 'default', full: false });
  expect(rows.map(({ link }) => link.includes('work'))).toEqual([true, true, false]);
  const text = formatText({ ...response, groups }, { explain: false, full: false, terminal });
  expect(text.match(/also at .*/g)).toEqual(['also at /disk/copy.pdf']);
});
