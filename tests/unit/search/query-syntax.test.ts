import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../../src-main/search/query-syntax.ts';

const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime();

describe('what is understood', () => {
  const changed = (from: number | null, before: number | null) => ({ period: { from, before } });
  const table: [string, Partial<Omit<ReturnType<typeof parseQuery>, 'condition'>>, unknown[]?][] = [
    ['when does the lease end', { text: 'when does the lease end' }],
    ['  ', { text: '', parts: [] }],
    ['"notice period" lease', { text: 'notice period lease', phrases: ['notice period'] }],
    ['“curly quotes” too', { text: 'curly quotes too', phrases: ['curly quotes'] }],
    ['lease -draft', { text: 'lease', excludedWords: ['draft'] }],
    ['lease -"first draft"', { text: 'lease', excludedPhrases: ['first draft'] }],
    // A negative number leaves nothing out where there is nothing else.
    ['-3.25', { text: '-3.25', excludedWords: [] }],
    ['lens -3.25', { text: 'lens', excludedWords: ['3.25'] }],
    ['well-known e-mail', { text: 'well-known e-mail', excludedWords: [] }],
    ['lease - end "" --', { text: 'lease end' }],
    ['lease path:contracts', { text: 'lease' }, [{ name: 'path' }]],
    [
      'path:"my files/2024" x',
      { text: 'x' },
      [{ name: 'path', sql: expect.stringContaining('my files/2024') }],
    ],
    ['-path:old x', { text: 'x' }, [{ type: 'not', of: { name: 'path' } }]],
    [
      'type:pdf,md x',
      { text: 'x' },
      [{ type: 'any', of: [{ sql: expect.stringMatching(/'pdf'.*'markdown'/) }] }],
    ],
    ['-type:HTML x', { text: 'x' }, [{ type: 'not', of: { name: 'type' } }]],
    ['after:2024 x', { text: 'x' }, [changed(day(2024, 1, 1), null)]],
    ['before:2024-05 x', { text: 'x' }, [changed(null, day(2024, 5, 1))]],
    ['-before:2024-05-17 x', { text: 'x' }, [{ type: 'not', of: changed(null, day(2024, 5, 17)) }]],
    ['after:2023 after:2024-02 x', {}, [changed(day(2023, 1, 1), null), changed(day(2024, 2, 1), null)]],
    ['ratio 3:1 http://a.b/c', { text: 'ratio 3:1 http://a.b/c' }],
  ];
  test.each(table)('%s', (query, expected, conditions = []) => {
    const parsed = parseQuery(query);
    expect(parsed).toMatchObject(expected);
    expect(parsed.condition).toMatchObject({ type: 'all', of: conditions });
    expect(parsed.notices).toEqual([]);
  });
});

describe('what is malformed is searched for as words, and said', () => {
  const table: [string, string, RegExp][] = [
    ['lease "notice period', 'lease notice period', /position 7 is not closed/],
    ['type:novel budget', 'type:novel budget', /pdf, markdown/],
    ['before:soon lease', 'before:soon lease', /2024-05-17/],
    ['after:2023-02-31 lease', 'after:2023-02-31 lease', /holds no date/],
    ['path: lease', 'lease', /needs a value/],
    ['after:2025 before:2024 lease', 'lease', /no document can match/],
    ['-before:2025 -after:2024 lease', 'lease', /no document can match/],
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
