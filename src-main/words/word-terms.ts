/**
 * The terms of one word: its stem in the language of the text, the stem of its plain spelling, the parts of a compound, of camelCase and of
 * a code that mixes letters and digits. Remembered, since texts repeat their words.
 */
import { foldWord } from '../contract/documents/fold-word.ts';
import { splitCompound } from './split-compound.ts';
import { characterPairs, type WordScript } from './split-text.ts';
import { stemWord } from './stem-word.ts';

/** The index drops longer ones. */
const maxTermBytes = 40;
const maxRemembered = 40_000;
const minCodePart = 3;

const remembered = new Map<string, Map<string, readonly string[]>>();

export function wordTerms(word: string, script: WordScript, language: string | null): readonly string[] {
  const key = language ?? '';
  let ofLanguage = remembered.get(key);
  if (!ofLanguage || ofLanguage.size > maxRemembered) {
    ofLanguage = new Map();
    remembered.set(key, ofLanguage);
  }
  let terms = ofLanguage.get(word);
  if (!terms) {
    terms = makeTerms(word, script, language);
    ofLanguage.set(word, terms);
  }
  return terms;
}

function makeTerms(word: string, script: WordScript, language: string | null): string[] {
  if (script === 'han') return [foldWord(word)];
  if (script === 'hangul') {
    const syllables = word.normalize('NFC');
    const pairs = syllables.length > 2 ? characterPairs(syllables, 0).map(({ text }) => text) : [];
    return distinct([syllables, ...pairs]);
  }
  return distinct([
    ...stemsOf(word, language),
    ...splitCompound(lower(word), language).flatMap((part) => stemsOf(part, language)),
    ...wordParts(word).flatMap((part) => stemsOf(part, language)),
  ]);
}

/** The stem, and the stem of the spelling without accents where that is another. */
export function stemsOf(word: string, language: string | null): string[] {
  const lowered = lower(word);
  const folded = foldWord(lowered);
  const stem = foldWord(stemWord(lowered, language));
  return folded === lowered ? [stem] : distinct([stem, foldWord(stemWord(folded, language))]);
}

/** "parseHTTPHeader" → parse, HTTP, Header; "E4711" → 4711. Empty for an ordinary word. */
export function wordParts(word: string): string[] {
  const isMixedCase = /\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}/u.test(word);
  const camel = isMixedCase ? word.split(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u) : [];
  const isCode = /\p{N}/u.test(word) && /\p{L}/u.test(word);
  const code = isCode
    ? (word.match(/\p{N}+|\p{L}+/gu) ?? []).filter((part) => part.length >= minCodePart)
    : [];
  return [...camel.filter((part) => part.length > 1), ...code];
}

const lower = (word: string): string => word.normalize('NFC').toLowerCase();

const distinct = (terms: readonly string[]): string[] => [
  ...new Set(terms.map(shorten).filter((term) => term !== '')),
];

function shorten(term: string): string {
  if (term.length <= maxTermBytes / 4 || Buffer.byteLength(term) <= maxTermBytes) return term;
  let short = term;
  while (Buffer.byteLength(short) > maxTermBytes) short = short.slice(0, -1);
  return short.toWellFormed().replace('\ufffd', '');
}
