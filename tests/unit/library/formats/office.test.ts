/** Office documents beyond Word's: what is kept of them, what is left out, and what they state about themselves. */
import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../../src-main/library/extraction/extract-document.ts';
import { formatSamples } from '../../../support/format-samples.ts';
import { readDocument as read } from '../../../support/read-document.ts';

describe('rich text', () => {
  it('keeps words in every encoding, headings and tables, and nothing that is hidden or said to programs', async () => {
    const document = await read(formatSamples.rtf.fileName, formatSamples.rtf.bytes());
    expect(document.text).toBe('Boats\n\nA böat is small split word.\nлодка\n\nHull | Oak\nThe end 🐁.');
    expect(document.facts).toEqual({
      title: 'Of boats',
      authors: ['Ann Ames'],
      date: Date.UTC(2024, 4, 17, 9, 30),
      tags: [],
    });
  });

  it('passes over data of a picture that is kept in bytes', async () => {
    expect((await read('a.rtf', String.raw`{\rtf1 one {\pict\bin5 }}}{x}two\par}`)).text).toBe('one two');
  });

  it.each([
    ['groups that never close', String.raw`{\rtf1 {{{{ words`],
    ['groups that close too often', String.raw`{\rtf1 words}}}}} `],
    ['half a control', String.raw`{\rtf1 words \'`],
  ])('survives %s', async (_, content) => {
    expect((await read('a.rtf', content)).text).toContain('words');
  });

  it('that is none has failed', async () => {
    expect(await extractDocument('a.rtf', strToU8('plain words'))).toMatchObject({ state: 'failed' });
  });
});

describe('an OpenDocument presentation', () => {
  it('has a page for each slide, with its notes and without the numbers of pages', async () => {
    const document = await read(formatSamples.odp.fileName, formatSamples.odp.bytes());
    expect(document.text.replace(/\s*\n\s*/g, '\n')).toBe(
      'Plan\nTwo rooms and a kiln\nSay it slowly\nCosts\nNine hundred',
    );
    expect(
      document.pages.map(({ page, start }) => [page, document.text.slice(start).trim().slice(0, 5)]),
    ).toEqual([
      [1, 'Plan\n'],
      [2, 'Costs'],
    ]);
  });
});
