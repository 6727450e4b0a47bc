/** What a hit shows of its passage: no heading twice, and the matching words kept whatever is cut. */
import { describe, expect, it } from 'vitest';
import { hitText, passageBody } from '../../../src-renderer/text/hit-text.ts';
import { splitHighlights } from '../../../src-renderer/text/split-highlights.ts';

const title = 'Rental Agreement';
const range = (text: string, word: string) => {
  const start = text.indexOf(word);
  return { start, end: start + word.length };
};
const hit = (snippet: string, headingPath: string[], ...words: string[]) => ({
  snippet,
  headingPath,
  highlights: words.map((word) => range(snippet, word)),
});
const marked = ({ text, highlights }: ReturnType<typeof hitText>) =>
  splitHighlights(text, highlights).flatMap((part) => (part.marked ? [part.text] : []));

describe('the text of a hit', () => {
  it('names the title and the heading once each', () => {
    const shown = hitText(
      hit('Leaving\n\nWhen the tenancy ends the keys are handed over.', [title, '10. Leaving'], 'tenancy'),
      title,
      Number.POSITIVE_INFINITY,
    );
    expect(shown.path).toEqual(['10. Leaving']);
    expect(shown.text).toBe('When the tenancy ends the keys are handed over.');
    expect(marked(shown)).toEqual(['tenancy']);
  });

  it('leaves out title and heading where a text starts with both', () => {
    const shown = hitText(
      hit('Rental Agreement 1. Term The tenancy begins in October.', [title, '1. Term'], 'October'),
      title,
      Number.POSITIVE_INFINITY,
    );
    expect(shown.text).toBe('The tenancy begins in October.');
    expect(marked(shown)).toEqual(['October']);
  });

  it.each([
    ['a heading with a matching word', 'Leaving When the tenancy ends, all keys go back.', ['Leaving']],
    ['a heading that is nearly all there is', 'Leaving See page 3.', []],
    ['a word that only begins like the heading', 'Leavings are stored for two months at most.', []],
  ])('keeps %s', (_name, snippet, words) => {
    const shown = hitText(hit(snippet, [title, 'Leaving'], ...words), title, Number.POSITIVE_INFINITY);
    expect(shown.text).toBe(snippet);
    expect(marked(shown)).toEqual(words);
  });

  it('cuts at a word, and says so', () => {
    const shown = hitText(hit('One two three four five six seven eight.', [], 'two'), title, 20);
    expect(shown.text).toBe('One two three four\u00a0…');
    expect(marked(shown)).toEqual(['two']);
  });

  it('cuts around the first matching word where that comes late', () => {
    const long = `${'filler '.repeat(40)}needle and ${'more '.repeat(40)}`.trim();
    const shown = hitText(hit(long, [], 'needle'), title, 90);
    expect(shown.text).toMatch(/^…\u00a0filler .*needle and more.*\u00a0…$/);
    expect(shown.text.length).toBeLessThan(96);
    expect(marked(shown)).toEqual(['needle']);
  });

  it('takes headings off a passage in a list', () => {
    expect(passageBody('5. Use The first floor is used as a home.', ['5. Use'])).toBe(
      'The first floor is used as a home.',
    );
  });
});
