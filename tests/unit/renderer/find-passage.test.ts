/** A passage is found in rendered text whatever spaces, hyphens, ligatures and mark-up stand between its letters. */
import { describe, expect, it } from 'vitest';
import {
  findPassage,
  findSentence,
  findWords,
  foldText,
  type PartRange,
} from '../../../src-renderer/document/find-passage.ts';

const read = (parts: readonly string[], ranges: readonly PartRange[]) =>
  ranges.map(({ part, start, end }) => parts[part]!.slice(start, end));

describe('finding a passage', () => {
  it.each([
    ['one part', ['Say: the lease ends in May.'], 'the lease ends', ['the lease ends']],
    ['parts that cut words', ['the lea', 'se en', 'ds in May'], 'lease ends', ['lea', 'se en', 'ds']],
    [
      'hyphens at line ends',
      ['the agree-', 'ment of the owner'],
      'the agreement of',
      ['the agree-', 'ment of'],
    ],
    [
      'soft hyphens and odd spaces',
      ['the agree\u00adment  of\u00a0the'],
      'agreement of the',
      ['agree\u00adment  of\u00a0the'],
    ],
    ['ligatures', ['an e\ufb03cient \ufb01re'], 'efficient fire', ['e\ufb03cient \ufb01re']],
    ['accents written apart', ['cafe\u0301 au lait'], 'café au', ['cafe\u0301 au']],
    [
      'Markdown in the passage',
      ['Water ', 'early', ' in the morning'],
      'Water **early** in',
      ['Water', 'early', 'in'],
    ],
    [
      'the signs between parts and at the end',
      ['On ', 'Friday', ', (', 'early', '), go. Then'],
      'Friday early go',
      ['Friday', 'early', '), go.'],
    ],
    ['letters beyond the first plane', ['x 𝒜𝒷 y'], 'x 𝒜𝒷 y', ['x 𝒜𝒷 y']],
    ['other scripts', ['本の 一節を 探す'], '一節を探す', ['一節を 探す']],
  ])('%s', (_name, parts, passage, expected) => {
    expect(read(parts, findPassage(foldText(parts), passage)).map((text) => text.trim())).toEqual(expected);
  });

  it('marks the sentences that are there when the passage goes on elsewhere', () => {
    const parts = ['A first sentence that is long enough. A second sentence, on this page too.'];
    const passage = 'A second sentence, on this page too. A third sentence stands on the next page.';
    expect(read(parts, findPassage(foldText(parts), passage))).toEqual([
      'A second sentence, on this page too.',
    ]);
  });

  it('falls back to runs of words where the order of reading differs', () => {
    const parts = ['left column of the table', 'right column with other figures'];
    const passage = 'intro words left column of the table unknown in between right column with other figures';
    expect(read(parts, findPassage(foldText(parts), passage))).toEqual([
      'left column of the table',
      'right column with other figures',
    ]);
  });

  it('takes a repeated sentence where reading left off', () => {
    const parts = ['The same words stand here. Middle part of it all. The same words stand here.'];
    const passage = 'Middle part of it all. The same words stand here. Something unknown.';
    const ranges = findPassage(foldText(parts), passage);
    expect(ranges.every(({ start }) => start >= parts[0]!.indexOf('Middle'))).toBe(true);
  });

  it('finds nothing where nothing is', () => {
    expect(findPassage(foldText(['quite another text']), 'the lease ends in May')).toEqual([]);
    expect(findPassage(foldText([]), 'the lease')).toEqual([]);
    expect(findPassage(foldText(['text']), ' … ')).toEqual([]);
  });

  it('stays quick on a long document', () => {
    const parts = Array.from(
      { length: 10_000 },
      (_, index) => `Sentence number ${index} of a long document. `,
    );
    const startedAtMs = performance.now();
    const text = foldText(parts);
    expect(findPassage(text, 'Sentence number 9998 of a long document. Sentence number 9999').length).toBe(2);
    expect(performance.now() - startedAtMs).toBeLessThan(4000);
  });
});

describe('finding words within a passage', () => {
  it('takes whole words only, in any case, inside the ranges only', () => {
    const parts = ['Lease, released: the LEASE and the lease'];
    const found = findWords(parts, [{ part: 0, start: 0, end: 30 }], ['lease']);
    expect(read(parts, found)).toEqual(['Lease', 'LEASE']);
  });

  it('takes what a pattern would read as signs for what it is', () => {
    expect(read(['c++ (new)'], findWords(['c++ (new)'], [{ part: 0, start: 0, end: 9 }], ['(new)']))).toEqual(
      ['(new)'],
    );
    expect(findWords(['a'], [{ part: 0, start: 0, end: 1 }], ['', ' '])).toEqual([]);
  });
});

describe('finding a sentence of a passage', () => {
  const parts = ['It rains. The end. It rains. ', 'The boat is dry.'];
  it('takes the one inside the passage, not an earlier one', () => {
    const [found] = findSentence(foldText(parts), 'The end. It rains.', 'It rains.');
    expect(found).toEqual({ part: 0, start: 19, end: 28 });
  });

  it('looks everywhere where the passage itself is not found whole', () => {
    const found = findSentence(foldText(parts), 'The end. It snows. The boat is dry.', 'The boat is dry.');
    expect(read(parts, found)).toEqual(['The boat is dry.']);
  });
});
