/** A document's own date is the day that the document states, wherever the person is. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { documentDate, formatDocumentDate } from '../../../src-renderer/text/results/document-date.ts';

const zone = process.env.TZ;
beforeEach(() => {
  process.env.TZ = 'America/New_York';
});
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

const dated = (date?: string) => ({
  modifiedAt: Date.parse('2026-03-14T02:00Z'),
  ...(date === undefined ? {} : { facts: { authors: [], tags: [], date: Date.parse(date) } }),
});

it.each([
  ['a day without a time stays that day', '2024-05-06', 'May 6, 2024'],
  ['a moment is of the day that it was here', '2024-05-06T02:00Z', 'May 5, 2024'],
  ['without a date of its own, that of the file stands', undefined, 'Mar 13, 2026'],
])('%s', (_what, stated, shown) => {
  const document = dated(stated);
  expect(formatDocumentDate(document, 'en')).toBe(shown);
  expect(documentDate(document)).toBe(document.facts?.date ?? document.modifiedAt);
});
