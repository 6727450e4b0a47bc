/** The language of a text, by its letters where they decide it and else by the n-grams of `eld`. */
import { languageScores } from './language-scores.ts';

/** Longer samples change nothing but the time. */
const sampleCharacters = 2000;
/** Fewer tell nothing. */
const hasLetters = /(?:\p{L}\P{L}*){12}/u;

/** ISO 639-1, or null where there is too little text to tell. */
export function detectLanguage(text: string): string | null {
  const sample = text.slice(0, sampleCharacters);
  const script = languageOfScript(sample);
  if (script) return script;
  if (!hasLetters.test(sample)) return null;
  const result = languageScores(sample);
  return result.isReliable() && result.language ? result.language : null;
}

/** The best of the candidates for a short text such as a question, the only one where there is one; null where none of several is likely. */
export function detectAmong(text: string, candidates: readonly string[]): string | null {
  if (!/\p{L}/u.test(text)) return null;
  const script = languageOfScript(text);
  if (script) return script;
  if (candidates.length === 0) return detectLanguage(text);
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only;
  const scores = languageScores(text).getScores();
  let best: string | null = null;
  for (const code of candidates) {
    if ((scores[code] ?? 0) > (best === null ? 0 : (scores[best] ?? 0))) best = code;
  }
  return best;
}

/** Scripts that one language writes; Japanese is told from Chinese by its kana. */
const scripts: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Armenian}/gu, 'hy'],
  [/\p{Script=Tamil}/gu, 'ta'],
  [/\p{Script=Georgian}/gu, 'ka'],
];

/** Every text that is written in Latin letters or Cyrillic, which is cheaper to see than to count letters. */
const sharedScripts = /^[\0-\u036f\u0400-\u052f\u2000-\u206f]*$/;

function languageOfScript(text: string): string | null {
  if (sharedScripts.test(text)) return null;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return null;
  for (const [pattern, code] of scripts) {
    const count = text.match(pattern)?.length ?? 0;
    if (count > letters * (code === 'ja' ? 0.1 : 0.3)) return code;
  }
  return null;
}
