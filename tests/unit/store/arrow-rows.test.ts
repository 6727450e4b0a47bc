import { expect, test } from 'vitest';
import { Utf8, vectorFromArray } from '../../../src-main/store/tables/arrow.ts';
import { utf8 } from '../../../src-main/store/tables/arrow-rows.ts';

test.each([
  ['none', []],
  ['empty ones', ['', '', '']],
  ['letters of every length in UTF-8', ['plain', '', 'Größe', '漢字', 'a 😀 b']],
  ['halves of one character in two of them', ['a\ud83d', '\ude00b']],
  ['lone halves', ['\ude00', 'x', '\ud83d']],
])('a column of strings is the one that Arrow makes: %s', (_, values: string[]) => {
  const [made, byArrow] = [utf8(values), vectorFromArray(values, new Utf8())];
  expect([...made]).toEqual([...byArrow]);
  expect(made.length).toBe(byArrow.length);
  expect(made.nullCount).toBe(0);
});

test('the column of many strings is as long as they are', () => {
  const values = Array.from({ length: 3000 }, (_, index) => 'ä'.repeat(index % 50));
  expect([...utf8(values)]).toEqual(values);
});
