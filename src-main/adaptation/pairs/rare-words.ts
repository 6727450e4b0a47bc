/**
 * Draws a few rare words of a passage as a query: what a person types who remembers what a text was about, but not
 * its wording.
 */
import { type Random, shuffled } from '../../common/seeded-random.ts';
import { wordsOf } from '../../common/texts/words-of.ts';
import type { AdaptationDocument } from '../adaptation-document.ts';

const minLetters = 3;
const minWords = 3;
const maxWords = 7;
/** A word in more of the passages than this share tells none of them from the others; in a handful of passages, any word may. */
const commonShare = 0.1;
const alwaysRare = 3;

export class RareWords {
  readonly #passagesWith = new Map<string, number>();
  #passages = 0;

  constructor(documents: readonly AdaptationDocument[]) {
    for (const { chunks } of documents) {
      for (const { text } of chunks) {
        this.#passages++;
        for (const word of new Set(wordsOf(text))) {
          this.#passagesWith.set(word, (this.#passagesWith.get(word) ?? 0) + 1);
        }
      }
    }
  }

  /** The rarer a word, the likelier it is drawn; null where a passage has too few. */
  draw(text: string, random: Random): string | null {
    const limit = Math.max(alwaysRare, commonShare * this.#passages);
    const drawn = [...new Set(wordsOf(text))]
      .map((word) => ({ word, passages: this.#passagesWith.get(word) ?? 0 }))
      .filter(({ word, passages }) => word.length >= minLetters && passages <= limit)
      .map(({ word, passages }) => ({ word, weight: Math.log(1 + this.#passages / (passages + 0.5)) }))
      .map(({ word, weight }) => ({ word, key: weight * Math.sqrt(random.next()) }))
      .sort((x, y) => y.key - x.key)
      .slice(0, minWords + random.below(maxWords - minWords + 1))
      .map(({ word }) => word);
    return drawn.length < minWords ? null : shuffled(drawn, random).join(' ');
  }
}
