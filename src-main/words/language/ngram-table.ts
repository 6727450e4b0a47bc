/**
 * The n-grams by which `eld` tells languages, read from its file as text. Run as a program, as the package does it, that file takes a quarter of a
 * second and over thirty megabytes in every thread that reads documents; so it takes a fraction of both.
 */

/** What an n-gram says of a language: its score, less what the package takes off every score to keep its file small. */
export type NgramTable = {
  /** ISO 639-1 by number. */
  languages: readonly string[];
  /** Place of an n-gram's first entry; they end where those of the next begin. */
  placeOf: ReadonlyMap<string, number>;
  /** By place: how many entries follow from there on for the same n-gram. */
  counts: Uint8Array;
  /** By place: number of the language, and its score. */
  numbers: Uint8Array;
  scores: Uint8Array;
};

const isOther = 'The table of n-grams is not written as eld 2.1 writes it.';
const quote = 39;
const doubleQuote = 34;
const backslash = 92;
const zero = 48;
const nine = 57;
const comma = 44;
const closing = 125;

/** `{type:'…',languages:{0:'am',…},isSubset:false,ngrams:{' die':{9:120,…},…}}`. Throws for anything else. */
export function ngramTable(source: string): NgramTable {
  const languages: string[] = [];
  for (const [, number, code] of source.slice(0, source.indexOf('ngrams:{')).matchAll(/(\d+):'(\w+)'/g))
    languages[Number(number)] = code!;
  const placeOf = new Map<string, number>();
  // An entry takes four characters of the file at least.
  const counts = new Uint8Array(source.length >> 2);
  const numbers = new Uint8Array(source.length >> 2);
  const scores = new Uint8Array(source.length >> 2);
  let place = 0;
  let at = source.indexOf('ngrams:{') + 'ngrams:{'.length;
  if (languages.length === 0) throw new Error(isOther);
  for (;;) {
    const [ngram, end] = keyAt(source, at);
    at = end + ':{'.length;
    const first = place;
    let code = comma;
    while (code === comma) {
      let number = 0;
      for (code = source.charCodeAt(at++); code >= zero && code <= nine; code = source.charCodeAt(at++))
        number = number * 10 + code - zero;
      let score = 0;
      for (code = source.charCodeAt(at++); code >= zero && code <= nine; code = source.charCodeAt(at++))
        score = score * 10 + code - zero;
      numbers[place] = number;
      scores[place++] = score;
    }
    counts[first] = place - first;
    placeOf.set(ngram, first);
    // So the next name, or the end, cannot be told from what stands here.
    if (code !== closing) throw new Error(isOther);
    if (source.charCodeAt(at++) === closing) break;
  }
  return {
    languages,
    placeOf,
    counts: counts.slice(0, place),
    numbers: numbers.slice(0, place),
    scores: scores.slice(0, place),
  };
}

/** A name of a property, with or without quotes, and where it ends. */
function keyAt(source: string, at: number): [string, number] {
  const mark = source.charCodeAt(at);
  if (mark !== quote && mark !== doubleQuote) {
    const end = source.indexOf(':', at);
    if (end < 0) throw new Error(isOther);
    return [source.slice(at, end), end];
  }
  const isMark = mark === quote ? "'" : '"';
  let end = source.indexOf(isMark, at + 1);
  while (source.charCodeAt(end - 1) === backslash) end = source.indexOf(isMark, end + 1);
  if (end < 0) throw new Error(isOther);
  const key = source.slice(at + 1, end);
  return [key.includes('\\') ? key.replace(/\\(.)/g, '$1') : key, end + 1];
}
