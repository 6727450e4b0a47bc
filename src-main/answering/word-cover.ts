/** How much of a text's words another text holds, each word weighed by how rare it is in its language. */
import { analyseQuestion } from '../words/analyse-question.ts';
import { analyseText } from '../words/analyse-text.ts';
import { detectLanguage } from '../words/language/detect-language.ts';

/** A word that no list knows is rarer than the rarest one listed. */
const rarest = 1e-6;

export type WordCover = {
  /** 0…1; 1 where the text has no word that says anything. */
  share: number;
  /** Numbers and codes of the text that the other does not hold. */
  missingFigures: string[];
};

export function wordCover(text: string, others: readonly string[]): WordCover {
  const languages = [...new Set(others.map(detectLanguage).filter((code) => code !== null))];
  const held = new Set(
    others.flatMap((other) =>
      [...new Set([detectLanguage(other), ...languages])].flatMap((language) =>
        analyseText(other, language).flatMap(({ terms }) => terms),
      ),
    ),
  );
  const words = analyseQuestion(text, languages).words.filter((word) => !word.isGrammar && !word.isVariant);
  let [covered, whole] = [0, 0];
  const missingFigures: string[] = [];
  for (const { text: word, terms, share } of words) {
    const weight = -Math.log(Math.max(share, rarest));
    const isHeld = terms.some((term) => held.has(term));
    whole += weight;
    if (isHeld) covered += weight;
    else if (/\d/.test(word)) missingFigures.push(word);
  }
  return { share: whole > 0 ? covered / whole : 1, missingFigures };
}
