/**
 * How well each language explains a text, by the n-grams of `eld` and its rules: the same answers as the package's own `detect`, which is what a
 * test holds it to, in a fraction of the time. Every passage of a library is asked about.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type NgramTable, ngramTable } from './ngram-table.ts';

/** As `eld` gives it. */
export type LanguageResult = {
  /** ISO 639-1; empty where nothing speaks for any. */
  language: string;
  getScores(): Record<string, number>;
  isReliable(): boolean;
};

type Package = {
  LanguageResult: new (
    language: string,
    results: number[],
    ngramCount: number,
    languages: readonly string[],
  ) => LanguageResult;
  separators: RegExp;
  dictionary: readonly string[];
};

const mostCharacters = 1000;
/** Bytes of UTF-8 after which the next space ends what is looked at, and after which it ends anyway. */
const enoughBytes = 350;
const mostBytes = 380;
const longestWord = 70;
const ngramLength = 4;
const stride = 3;
/** What every score of the table lacks. */
const leastScore = 53;

let loaded: { table: NgramTable; parts: Package } | undefined;

/** Its files are looked for by path: the package names none of these for others. */
function load(): { table: NgramTable; parts: Package } {
  if (loaded) return loaded;
  const file = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.resolve('eld/extrasmall')));
  const from = createRequire(import.meta.url);
  const parts: Package = {
    ...from(file('LanguageResult.js')),
    ...from(file('regexPatterns.js')),
    ...from(file('dictionary.js')),
  };
  loaded = { table: ngramTable(readFileSync(file('ngrams/extrasmall.js'), 'utf8')), parts };
  return loaded;
}

export function languageScores(text: string): LanguageResult {
  const { table, parts } = load();
  const { languages, placeOf, counts, numbers, scores } = table;
  const ngrams = ngramsOf(wordsOf(text, parts));
  const results = new Array<number>(languages.length).fill(0);
  for (const ngram of ngrams) {
    const first = placeOf.get(ngram);
    if (first === undefined) continue;
    const end = first + counts[first]!;
    for (let place = first; place < end; place++) results[numbers[place]!]! += scores[place]! + leastScore;
  }
  let best = -1;
  let most = 0;
  for (const [number, score] of results.entries()) {
    if (score <= most) continue;
    most = score;
    best = number;
  }
  return best < 0
    ? new parts.LanguageResult('', [], 0, [])
    : new parts.LanguageResult(languages[best]!, results, ngrams.size, languages);
}

/** Words of the beginning of a text, byte by byte of UTF-8, each byte as the letter that the table writes it as. */
function wordsOf(text: string, { separators, dictionary }: Package): string[] {
  const spaced = text.slice(0, mostCharacters).replace(separators, ' ').trim().toLowerCase();
  const words: string[] = [];
  let word = '';
  let bytes = 0;
  for (let index = 0; index < spaced.length && bytes <= mostBytes; index++) {
    let code = spaced.charCodeAt(index);
    if (code < 0x80) {
      if (code !== 32) word += spaced[index];
      else {
        if (word !== '') words.push(word);
        word = '';
        if (bytes > enoughBytes) break;
      }
      bytes += 1;
    } else if (code < 0x800) {
      word += dictionary[0xc0 | (code >> 6)]! + dictionary[0x80 | (code & 0x3f)]!;
      bytes += 2;
    } else if (code < 0xd800 || code >= 0xe000) {
      word +=
        dictionary[0xe0 | (code >> 12)]! +
        dictionary[0x80 | ((code >> 6) & 0x3f)]! +
        dictionary[0x80 | (code & 0x3f)]!;
      bytes += 3;
    } else {
      index += 1;
      code = 0x10000 + (((code & 0x3ff) << 10) | (spaced.charCodeAt(index) & 0x3ff));
      word +=
        dictionary[0xf0 | (code >> 18)]! +
        dictionary[0x80 | ((code >> 12) & 0x3f)]! +
        dictionary[0x80 | ((code >> 6) & 0x3f)]! +
        dictionary[0x80 | (code & 0x3f)]!;
      bytes += 4;
    }
  }
  if (word !== '') words.push(word);
  return words;
}

/** Four bytes at every third; with a space before the first of a word and after its last. */
function ngramsOf(words: readonly string[]): Set<string> {
  const ngrams = new Set<string>();
  for (const word of words) {
    const length = Math.min(word.length, longestWord);
    let start = 0;
    for (; start + ngramLength < length; start += stride)
      ngrams.add((start === 0 ? ' ' : '') + word.substring(start, start + ngramLength));
    ngrams.add(`${start === 0 ? ' ' : ''}${word.substring(length !== 3 ? length - ngramLength : 0)} `);
  }
  return ngrams;
}
