/**
 * Turns text into the terms that the word index holds. Indexing, searching, highlighting and phrases all go through here, so that what is
 * marked is what was found.
 */
import { dateTokens } from './dates/find-dates.ts';
import { joinCodes } from './join-codes.ts';
import { splitText } from './split-text.ts';
import type { TextToken } from './text-token.ts';
import { wordTerms } from './word-terms.ts';

/** Of the rules in this folder. An index that was made by others is built anew. */
export const analysisVersion = 3;

/** Words in the order of the text, then joined codes and dates. */
export function analyseText(text: string, language: string | null): TextToken[] {
  const pieces = splitText(text);
  const words = pieces.map(({ text: word, start, end, script }) => ({
    terms: wordTerms(word, script, language),
    start,
    end,
  }));
  const mayHoldCodes = /\d/.test(text) || /[-\u2010\u2011]/.test(text);
  return mayHoldCodes ? [...words, ...joinCodes(text, pieces), ...dateTokens(text)] : words;
}

/** What the index's column of terms holds for a text: terms between spaces. */
export function indexedTerms(text: string, language: string | null): string {
  const terms: string[] = [];
  for (const token of analyseText(text, language)) terms.push(...token.terms);
  return terms.join(' ');
}
