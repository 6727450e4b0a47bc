/** The sentence that answers is found by words where they say much, and by the nearest part where they do not; headings answer nothing. */
import { describe, expect, it } from 'vitest';
import { answeringSentence, type PassageEvidence } from '../../../../src-main/search/answering-sentence.ts';
import { makeSnippet } from '../../../../src-main/search/snippet.ts';
import type { WordMark } from '../../../../src-main/search/words/mark-words.ts';
import type { WeighedWord } from '../../../../src-main/search/words/weigh-question.ts';

const wordOf = (text: string, information: number): WeighedWord => ({
  ...{ text, start: 0, end: text.length, terms: [text], language: 'en', share: 0 },
  ...{ isGrammar: false, isVariant: false, information, ceiling: 0, clauses: [], correction: null },
});

/** Each word says 4 nats. */
function evidence(
  text: string,
  asked: readonly string[],
  more: Partial<PassageEvidence> = {},
): PassageEvidence {
  const marks: WordMark[] = asked.flatMap((part) => {
    const word = wordOf(part, 4);
    return [...text.matchAll(new RegExp(part, 'giu'))].map(({ index }) => ({
      ...{ start: index, end: index + part.length, word },
    }));
  });
  marks.sort((a, b) => a.start - b.start);
  return { text, headingPath: ['Lease of Unit 4'], marks, information: 4 * asked.length, ...more };
}

const sentenceIn = (from: PassageEvidence) => {
  const range = answeringSentence(from);
  return range && from.text.slice(range.start, range.end);
};

const body =
  'Lease of Unit 4\n\nThe tenant insures the plate glass. Nobody may keep geese here. It runs until the last day of May. Dogs are allowed in the yard.';

describe('the sentence that answers', () => {
  it('holds the words of the question', () => {
    expect(sentenceIn(evidence(body, ['geese', 'keep']))).toBe('Nobody may keep geese here.');
  });

  it('is not the heading that the passage begins with, though it holds them', () => {
    expect(sentenceIn(evidence(body, ['lease', 'dogs']))).toBe('Dogs are allowed in the yard.');
    expect(sentenceIn(evidence(body, ['lease', 'end']))).toBeNull();
  });

  it('is the heading where there is nothing else', () => {
    expect(sentenceIn(evidence('Lease of Unit 4', ['lease']))).toBe('Lease of Unit 4');
  });

  it('is of the nearest part where no word of the question stands there', () => {
    const partScores = [0.2, 0.3, 0.3, 0.6, 0.25];
    expect(sentenceIn(evidence(body, ['expire', 'contract'], { partScores }))).toBe(
      'It runs until the last day of May.',
    );
  });

  it('is that of the words where these say most of the question, wherever the nearest part is', () => {
    const partScores = [0.2, 0.3, 0.3, 0.6, 0.25];
    expect(sentenceIn(evidence(body, ['keep', 'geese'], { partScores }))).toBe('Nobody may keep geese here.');
  });

  it('is not told by a single part, which is all of the passage', () => {
    expect(sentenceIn(evidence(body, ['expire'], { partScores: [0.6] }))).toBeNull();
  });
});

describe('a snippet', () => {
  it('begins behind the headings, with the sentence that answers', () => {
    const { snippet, highlights, sentence } = makeSnippet(evidence(body, ['lease', 'dogs']));
    expect(snippet.startsWith('The tenant insures')).toBe(true);
    expect(highlights.map(({ start, end }) => snippet.slice(start, end))).toEqual(['Dogs']);
    expect(sentence).not.toBeNull();
  });

  it('of a long passage holds the sentence of the nearest part, without any word of the question', () => {
    const filler = 'The auditor wants the receipts of all years in the order of their dates, please. '.repeat(
      6,
    );
    const text = `Lease of Unit 4\n\n${filler}It runs until the last day of May. ${filler}`;
    const partScores = Array.from({ length: 9 }, (_, index) => (index === 4 ? 0.6 : 0.2));
    const { snippet } = makeSnippet(evidence(text, ['expire'], { partScores }));
    expect(snippet).toContain('It runs until the last day of May.');
  });

  it('of a heading alone is the heading', () => {
    expect(makeSnippet(evidence('Lease of Unit 4', ['lease'])).snippet).toBe('Lease of Unit 4');
  });
});
