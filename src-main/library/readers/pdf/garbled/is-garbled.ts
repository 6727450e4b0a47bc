/**
 * Tells text that a font without a map of its characters has made unreadable from text that only looks unusual. It goes by statistics
 * over at least a few lines: signs that no writing has, words mixed of scripts, letters in shares that no language has.
 */

/** Fewer signs, letters or words than these prove nothing. */
const minSigns = 20;
const minLetters = 200;
const minAccentedLetters = 40;
const minWords = 10;

const maxMeaninglessShare = 0.3;
const maxMixedShare = 0.3;
const maxAccentedShare = 0.6;
/** Of these eight letters every language written in Latin has more than half; a shifted or shuffled alphabet has less than a third. */
const commonLetters = /[eainotsr]/g;
const minCommonShare = 0.4;

export const isGarbled = (text: string): boolean =>
  hasMeaninglessSigns(text) || hasMixedWords(text) || hasImplausibleLetters(text) || isWronglyDecoded(text);

/** Control, private and unassigned characters, apart from the bullets that symbol fonts keep there. */
const hasMeaninglessSigns = (text: string): boolean => {
  const signs = text.replace(/[\s\uf0b7\uf0a7\uf0a8\uf06e\u00ad]/g, '');
  // A surrogate pair counts as one sign on either side.
  const count = signs.match(/[^\p{Z}]/gu)?.length ?? 0;
  if (count < minSigns) return false;
  return (signs.match(/[\p{Cc}\p{Co}\p{Cn}\ufffd]/gu)?.length ?? 0) > maxMeaninglessShare * count;
};

const scripts = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Thai',
  'Hangul',
  'Nko',
  'Myanmar',
].map((script) => new RegExp(`\\p{Script=${script}}`, 'u'));

/** Formulas mix Latin and Greek in short words only; units and names mix scripts in few words of many. */
const hasMixedWords = (text: string): boolean => {
  // Nothing but Latin, by far the most frequent, needs no closer look.
  if (!/[\u0250-\u1fff\u2300-\uffff]/.test(text)) return false;
  const words = text.match(/[\p{L}\p{M}]{3,}/gu) ?? [];
  if (words.length < minWords) return false;
  const mixed = words.filter((word) => scripts.filter((script) => script.test(word)).length > 1);
  return mixed.length > maxMixedShare * words.length;
};

/** Words with digits are left out: sums, keys and codes have shares of their own. */
const hasImplausibleLetters = (text: string): boolean => {
  const words =
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/(?<![\p{L}\p{N}])[a-z]{3,}(?![\p{L}\p{N}])/gu) ?? [];
  const letters = words.join('');
  if (letters.length < minLetters || new Set(words).size < minWords) return false;
  return (letters.match(commonLetters)?.length ?? 0) < minCommonShare * letters.length;
};

/** Cyrillic or Greek that was taken for Western European: nearly all of its letters bear accents. */
const isWronglyDecoded = (text: string): boolean => {
  const accented = text.match(/[\u00c0-\u00ff]/g)?.length ?? 0;
  if (accented < minAccentedLetters) return false;
  return accented > maxAccentedShare * (text.match(/\p{L}/gu)?.length ?? 0);
};
