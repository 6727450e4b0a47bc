/** Whether a question is in a language that the encoder does not know: what its vector is near to is then chance. */
import { detectLanguage } from '../words/language/detect-language.ts';

/** Fewer words, often names among them, are taken for any language. Where the script tells the language, one is enough. */
const enoughWords = 6;
const names = new Intl.DisplayNames('en', { type: 'language' });

/** English name of the language; null where it is known or cannot be told, and where an encoder says nothing of its languages (none). */
export function unknownLanguage(question: string, languages: readonly string[]): string | null {
  if (languages.length === 0) return null;
  const isLatin = /^[\p{Script=Latin}\P{L}]*$/u.test(question);
  if (isLatin && question.trim().split(/\s+/u).length < enoughWords) return null;
  const language = detectLanguage(question);
  return language === null || languages.includes(language) ? null : (names.of(language) ?? language);
}
