/**
 * Turns a question into the terms that it asks for. Its language is guessed among the library's; since a word or two can be of any of them,
 * each word is asked for under its stem in every one.
 */

import { foldWord } from '../contract/documents/fold-word.ts';
import { isGrammarWord, wordShare } from './common-words.ts';
import { dateTokens } from './dates/find-dates.ts';
import { joinCodes } from './join-codes.ts';
import { detectAmong } from './language/detect-language.ts';
import { splitCompound } from './split-compound.ts';
import { characterPairs, splitText, type TextPiece } from './split-text.ts';
import { stemsOf, wordParts } from './word-terms.ts';

export type QuestionWord = {
  text: string;
  /** UTF-16 offsets into the question. */
  start: number;
  end: number;
  /** A passage holds the word where it holds one of these. */
  terms: readonly string[];
  /** Article, pronoun, auxiliary, question word: says nothing about what is looked for. */
  isGrammar: boolean;
  /** Part of ordinary text that is this word, 0…0.1. */
  share: number;
  /** Part or other spelling of a word that is asked for by itself: it may help, and its absence does not count. */
  isVariant: boolean;
};

export type Question = { language: string | null; words: readonly QuestionWord[] };

/** `languages`: those of the library, the most frequent first. */
export function analyseQuestion(text: string, languages: readonly string[]): Question {
  const language = detectAmong(text, languages);
  // Passages whose language nobody could tell hold their words as they are written.
  const asked = [...new Set([language, ...languages, 'en', null])];
  const pieces = splitText(text);
  const words = new Map<string, QuestionWord>();
  const add = (word: QuestionWord) => {
    const key = word.terms[0];
    if (key !== undefined && !words.has(key)) words.set(key, word);
  };
  const main = language ?? languages[0] ?? null;
  const cuts = dictionaryCuts(text);
  for (const piece of pieces) {
    if (piece.script === 'han') add(characterPair(piece, main, cuts));
    else for (const word of wordsOf(piece, main, asked)) add(word);
  }
  for (const { terms, start, end } of [...joinCodes(text, pieces, true), ...dateTokens(text)]) {
    for (const term of terms) {
      add({
        text: text.slice(start, end),
        start,
        end,
        terms: [term],
        isGrammar: false,
        share: 0,
        isVariant: true,
      });
    }
  }
  return { language, words: [...words.values()] };
}

function wordsOf(
  piece: TextPiece,
  language: string | null,
  asked: readonly (string | null)[],
): QuestionWord[] {
  const { text, start, end, script } = piece;
  if (script === 'hangul' && text.length > 2) {
    return characterPairs(text, start).map((pair) => wholeWord(pair, [pair.text], language));
  }
  const terms = [...new Set(asked.flatMap((code) => stemsOf(text, code)))];
  const parts = [
    ...wordParts(text),
    ...asked.flatMap((code) => splitCompound(text.normalize('NFC').toLowerCase(), code)),
  ];
  const variants = [...new Set(parts)].map((part) => ({
    text: part,
    start,
    end,
    terms: [...new Set(asked.flatMap((code) => stemsOf(part, code)))].filter((term) => !terms.includes(term)),
    isGrammar: false,
    share: shareOf(stemsOf(part, language), language),
    isVariant: true,
  }));
  return [wholeWord(piece, terms, language), ...variants.filter((variant) => variant.terms.length > 0)];
}

/**
 * A pair of characters that the dictionary cuts in two belongs to no word of the question. Where one of the two words is one of grammar, as in 吃|的,
 * the pair is rare by accident: it says as little as that word.
 */
function characterPair(piece: TextPiece, language: string | null, cuts: DictionaryCuts): QuestionWord {
  const word = wholeWord(piece, [foldWord(piece.text)], language);
  const cut = cuts.get(piece.start + String.fromCodePoint(piece.text.codePointAt(0)!).length);
  if (piece.text.length === 1 || cut === undefined) return word;
  return { ...word, isVariant: true, isGrammar: cut.some((side) => isGrammarWord(side, language)) };
}

/** The words before and after each place at which the dictionary cuts. */
type DictionaryCuts = ReadonlyMap<number, readonly string[]>;

function dictionaryCuts(text: string): DictionaryCuts {
  if (!/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return new Map();
  const segments = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)];
  return new Map(
    segments.map(({ index, segment }, at) => [index, [segments[at - 1]?.segment ?? '', segment]]),
  );
}

const wholeWord = (
  { text, start, end }: TextPiece,
  terms: string[],
  language: string | null,
): QuestionWord => ({
  text,
  start,
  end,
  terms,
  isGrammar: isGrammarWord(text.toLowerCase(), language),
  share: shareOf(stemsOf(text, language), language),
  isVariant: false,
});

const shareOf = (terms: readonly string[], language: string | null): number =>
  Math.max(...terms.map((term) => wordShare(term, language)));
