import { expect, it } from 'vitest';
import { isSameTag, keyOfTag } from '../../../src-main/contract/documents/same-tag.ts';

it.each([
  ['Tax', 'tax', true],
  ['Überblick', 'uberblick', true],
  ['Straße', 'STRASSE', true],
  ['smørrebrød', 'Smorrebrod', true],
  ['work', 'works', false],
  ['tax/2024', 'tax/2025', false],
])('%s and %s are one tag: %s', (one, other, isSame) => {
  expect(isSameTag(one, other)).toBe(isSame);
  expect(isSameTag(other, one)).toBe(isSame);
});

it('a tag has the key that its filter asks for', () => {
  expect(keyOfTag('Größe/Übung')).toBe('grosse/ubung');
});
