import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../../src-main/search/query-syntax.ts';

const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime();

describe('what is understood', () => {
  const noFilter = {
    paths: [],
    excludedPaths: [],
    kinds: [],
    excludedKinds: [],
    modifiedFrom: null,
    modifiedBefore: null,
  };
  const table: [string, Partial<ReturnType<typeof parseQuery>>][] = [
    ['when does the lease end', { text: 'when does the lease end', filter: noFilter }],
    ['  ', { text: '', parts: [] }],
    ['"notice period" lease', { text: 'notice period lease', phrases: ['notice period'] }],
    ['“curly quotes” too', { text: 'curly quotes too', phrases: ['curly quotes'] }],
    ['lease -draft', { text: 'lease', excludedWords: ['draft'] }],
    ['lease -"first draft"', { text: 'lease', excludedPhrases: ['first draft'] }],
    ['well-known e-mail', { text: 'well-known e-mail', excludedWords: [] }],
    ['lease - end "" --', { text: 'lease end' }],
    ['lease path:contracts', { text: 'lease', filter: { ...noFilter, paths: ['contracts'] } }],
    ['path:"my files/2024" x', { text: 'x', filter: { ...noFilter, paths: ['my files/2024'] } }],
    ['-path:old x', { text: 'x', filter: { ...noFilter, excludedPaths: ['old'] } }],
    ['type:pdf,md x', { text: 'x', filter: { ...noFilter, kinds: ['pdf', 'markdown'] } }],
    ['-type:HTML x', { text: 'x', filter: { ...noFilter, excludedKinds: ['html'] } }],
    ['after:2024 x', { text: 'x', filter: { ...noFilter, modifiedFrom: day(2024, 1, 1) } }],
    ['before:2024-05 x', { text: 'x', filter: { ...noFilter, modifiedBefore: day(2024, 5, 1) } }],
    ['-before:2024-05-17 x', { text: 'x', filter: { ...noFilter, modifiedFrom: day(2024, 5, 17) } }],
    ['after:2023 after:2024-02 x', { filter: { ...noFilter, modifiedFrom: day(2024, 2, 1) } }],
    ['ratio 3:1 http://a.b/c', { text: 'ratio 3:1 http://a.b/c' }],
  ];
  test.each(table)('%s', (query, expected) => {
    const parsed = parseQuery(query);
    expect(parsed).toMatchObject(expected);
    expect(parsed.notices).toEqual([]);
  });
});

describe('what is malformed is searched for as words, and said', () => {
  const table: [string, string, RegExp][] = [
    ['lease "notice period', 'lease notice period', /position 7 is not closed/],
    ['type:spreadsheet budget', 'type:spreadsheet budget', /pdf, markdown/],
    ['before:soon lease', 'before:soon lease', /2024-05-17/],
    ['after:2023-02-31 lease', 'after:2023-02-31 lease', /holds no date/],
    ['path: lease', 'lease', /needs a value/],
    ['after:2025 before:2024 lease', 'lease', /no document can match/],
  ];
  test.each(table)('%s', (query, text, notice) => {
    const parsed = parseQuery(query);
    expect(parsed.text).toBe(text);
    expect(parsed.notices).toEqual([expect.stringMatching(notice)]);
  });
});

test('every part knows where it stands', () => {
  const query = 'lease -draft "notice period" type:pdf';
  const typed = parseQuery(query).parts.map(({ kind, start, end }) => [kind, query.slice(start, end)]);
  expect(typed).toEqual([
    ['word', 'lease'],
    ['word', '-draft'],
    ['phrase', '"notice period"'],
    ['type', 'type:pdf'],
  ]);
});

test('any text at all is read without failing', () => {
  const pieces = ['"', '-', 'path:', 'type:', ' ', 'a', '”', 'before:', '2024', '\n', ':', '🙂', "'", '%'];
  for (let seed = 1; seed < 400; seed++) {
    const query = Array.from({ length: 9 }, (_, n) => pieces[(seed * (n + 3) * 7919) % pieces.length]).join(
      '',
    );
    expect(() => parseQuery(query)).not.toThrow();
  }
});
