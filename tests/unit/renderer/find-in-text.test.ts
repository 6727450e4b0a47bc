/** What is looked for in a document is found whatever its case, accents and line breaks, at its place in the text. */
import { describe, expect, it } from 'vitest';
import { findInText } from '../../../src-renderer/document/find-in-text.ts';

const found = (text: string, typed: string) =>
  findInText(text, typed).map(({ start, end }) => text.slice(start, end));

describe('finding in a text', () => {
  it.each([
    ['other case', 'The Lease ends. A lease begins.', 'lease', ['Lease', 'lease']],
    ['over a line break', 'by the first\n  of June', 'first of', ['first\n  of']],
    ['accents', 'Über das Café', 'uber', ['Über']],
    ['ligatures', 'an e\ufb03cient fire', 'efficient', ['e\ufb03cient']],
    ['side by side', 'aaaa', 'aa', ['aa', 'aa']],
    ['nothing typed', 'text', '  ', []],
    ['what is not there', 'text', 'tax', []],
  ])('%s', (_name, text, typed, expected) => {
    expect(found(text, typed)).toEqual(expected);
  });
});
