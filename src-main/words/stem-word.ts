/** The stem of a word in its language, by the Snowball stemmers of `@orama/stemmers`, each loaded when its language is first met. */
import { createRequire } from 'node:module';
import { languageWords } from './languages.ts';

const load = createRequire(import.meta.url);
const stemmers = new Map<string, (word: string) => string>();
const unchanged = (word: string): string => word;

/** `word` in lower case, with its accents. In a language without a stemmer it stays as it is. */
export function stemWord(word: string, language: string | null): string {
  const name = languageWords(language)?.stemmer;
  if (!name) return word;
  let stem = stemmers.get(name);
  if (!stem) {
    stem = (load(`@orama/stemmers/${name}`) as { stemmer?: (word: string) => string }).stemmer ?? unchanged;
    stemmers.set(name, stem);
  }
  return stem(word) || word;
}
