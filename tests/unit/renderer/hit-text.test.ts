/** What a hit shows of its passage: the sentence that answers, no heading twice, and the matching words kept whatever is cut. */
import { describe, expect, it } from 'vitest';
import { type HitText, hitText, passageBody } from '../../../src-renderer/text/hit-text.ts';

const title = 'Rental Agreement';
const hit = (text: string, headingPath: string[], matchedWords: string[] = [], sentence?: string) => ({
  text,
  headingPath,
  matchedWords,
  sentence: sentence
    ? { start: text.indexOf(sentence), end: text.indexOf(sentence) + sentence.length }
    : null,
});
const all = Number.POSITIVE_INFINITY;
const textOf = ({ parts }: HitText) => parts.map(({ text }) => text).join('');
const marked = ({ parts }: HitText) => parts.flatMap((part) => (part.marked ? [part.text] : []));
const answering = ({ parts }: HitText) =>
  parts
    .filter(({ answers }) => answers)
    .map(({ text }) => text)
    .join('');

describe('the text of a hit', () => {
  it('names the title and the heading once each', () => {
    const shown = hitText(
      hit('Leaving\n\nWhen the tenancy ends the keys are handed over.', [title, '10. Leaving'], ['tenancy']),
      title,
      all,
    );
    expect(shown.path).toEqual(['10. Leaving']);
    expect(textOf(shown)).toBe('When the tenancy ends the keys are handed over.');
    expect(marked(shown)).toEqual(['tenancy']);
  });

  it('leaves out a title with a matching word where the answer comes after it', () => {
    const text = 'Rental Agreement\n\nThe tenancy begins in October. It runs until May of the year after.';
    const shown = hitText(hit(text, [title], ['Rental'], 'It runs until May of the year after.'), title, all);
    expect(textOf(shown)).toBe('The tenancy begins in October. It runs until May of the year after.');
    expect(answering(shown)).toBe('It runs until May of the year after.');
  });

  it('leaves out title and heading where a text starts with both', () => {
    const shown = hitText(
      hit('Rental Agreement 1. Term The tenancy begins in October.', [title, '1. Term'], ['October']),
      title,
      all,
    );
    expect(textOf(shown)).toBe('The tenancy begins in October.');
    expect(marked(shown)).toEqual(['October']);
  });

  it.each([
    ['a heading with a matching word', 'Leaving When the tenancy ends, all keys go back.', ['Leaving']],
    ['a heading that is nearly all there is', 'Leaving See page 3.', []],
    ['a word that only begins like the heading', 'Leavings are stored for two months at most.', []],
    [
      'one line that reads like the head of a message',
      'Subject: a word that grammar needs in a sentence.',
      [],
    ],
  ])('keeps %s', (_name, text, words) => {
    const shown = hitText(hit(text, [title, 'Leaving'], words), title, all);
    expect(textOf(shown)).toBe(text);
    expect(marked(shown)).toEqual(words);
  });

  it.each([
    ['the lines above a message', 'From: Grace <g@example.org>\nTo: Ada\nSubject: The boat\n\n'],
    ['front matter', '---\ntitle: The boat\ntags: [sea]\n---\n\n'],
    ['a heading with its mark-up', '# The boat\n\n'],
    ['front matter and a heading', '---\ntags: [sea]\n---\n\n# The boat\n\n'],
  ])('leaves out %s', (_name, head) => {
    const shown = hitText(hit(`${head}The boat lies in the harbour until October.`, []), 'The boat', all);
    expect(textOf(shown)).toBe('The boat lies in the harbour until October.');
  });

  it('tells the sentence that answers from what stands around it', () => {
    const text = 'Racks are in the yard. Bicycles must not stand in the passage. A second rack came in May.';
    const shown = hitText(
      hit(text, [], ['Bicycles', 'passage'], 'Bicycles must not stand in the passage.'),
      title,
      all,
    );
    expect(textOf(shown)).toBe(text);
    expect(answering(shown)).toBe('Bicycles must not stand in the passage.');
    expect(marked(shown)).toEqual(['Bicycles', 'passage']);
  });

  it('starts shortly before a sentence that comes late, and keeps all of it', () => {
    const sentence = 'Bicycles must not stand in the passage.';
    const text = `${'Much else was said before. '.repeat(20)}${sentence} ${'And after it. '.repeat(20)}`;
    const shown = hitText(hit(text, [], ['passage'], sentence), title, 200);
    expect(answering(shown)).toBe(sentence);
    expect(textOf(shown)).toMatch(/^…\u00a0[\w. ]{10,60}Bicycles/);
    expect(textOf(shown)).toMatch(/\u00a0…$/);
    expect(textOf(shown).length).toBeLessThan(206);
  });

  it('shows no sentence of a heading or a letterhead that is left out', () => {
    const head = 'From: Grace\nSubject: The boat in the harbour\n\n';
    const shown = hitText(
      hit(`${head}It lies there until October, under a cover.`, [], [], 'Subject: The boat in the harbour'),
      title,
      all,
    );
    expect(answering(shown)).toBe('');
  });

  it('cuts at a word, and says so', () => {
    const shown = hitText(hit('One two three four five six seven eight.', [], ['two']), title, 20);
    expect(textOf(shown)).toBe('One two three four\u00a0…');
    expect(marked(shown)).toEqual(['two']);
  });

  it('cuts around the first matching word where that comes late', () => {
    const long = `${'filler '.repeat(40)}needle and ${'more '.repeat(40)}`.trim();
    const shown = hitText(hit(long, [], ['needle']), title, 90);
    expect(textOf(shown)).toMatch(/^…\u00a0filler .*needle and more.*\u00a0…$/);
    expect(textOf(shown).length).toBeLessThan(96);
    expect(marked(shown)).toEqual(['needle']);
  });

  it('takes headings off a passage in a list', () => {
    expect(passageBody('5. Use The first floor is used as a home.', ['5. Use'])).toBe(
      'The first floor is used as a home.',
    );
  });
});
