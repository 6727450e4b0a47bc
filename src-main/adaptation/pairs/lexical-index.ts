/** A small in-memory BM25 over passages, to find look-alikes of a text. It serves training only, never a person's search. */
import { wordsOf } from '../../common/texts/words-of.ts';

const k1 = 0.9;
const b = 0.4;

export type LexicalHit = { index: number; score: number };

/** `ceiling`: the score of a passage that would hold each word as well as that word's best passage does; a word of none counts as a rare one. */
export type LexicalAnswer = { hits: LexicalHit[]; ceiling: number };

export class LexicalIndex {
  private readonly postings = new Map<string, { documents: number[]; counts: number[] }>();
  private readonly lengths: number[] = [];
  private readonly averageLength: number;

  constructor(texts: readonly string[]) {
    texts.forEach((text, index) => {
      const words = wordsOf(text);
      this.lengths.push(words.length);
      for (const [word, count] of counted(words)) {
        let posting = this.postings.get(word);
        if (!posting) {
          posting = { documents: [], counts: [] };
          this.postings.set(word, posting);
        }
        posting.documents.push(index);
        posting.counts.push(count);
      }
    });
    this.averageLength = this.lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, texts.length);
  }

  /** How rare a word is: ln((N − n + ½) / (n + ½) + 1). */
  inverseDocumentFrequency(word: string): number {
    const found = this.postings.get(word)?.documents.length ?? 0;
    return Math.log(1 + (this.lengths.length - found + 0.5) / (found + 0.5));
  }

  /**
   * Best first. Words in more than a tenth of the passages are skipped: they cost the most and tell the least. `source`: the passage that
   * the query was made from, which is scored as if it did not hold the query's words that once.
   */
  search(query: string, limit: number, source?: number): LexicalHit[] {
    return this.answer(query, limit, source).hits;
  }

  /** What `search` finds, and what it could have found at best. */
  answer(query: string, limit: number, source?: number): LexicalAnswer {
    const scores = new Map<number, number>();
    let ceiling = 0;
    const commonness = Math.max(50, this.lengths.length / 10);
    const words = wordsOf(query);
    for (const [word, times] of counted(words)) {
      const posting = this.postings.get(word);
      if (posting && posting.documents.length > commonness) continue;
      const weight = this.inverseDocumentFrequency(word);
      let best = 0;
      posting?.documents.forEach((index, position) => {
        const isSource = index === source;
        const count = (posting.counts[position] ?? 0) - (isSource ? times : 0);
        if (count <= 0) return;
        const length = ((this.lengths[index] ?? 0) - (isSource ? words.length : 0)) / this.averageLength;
        const gain = (weight * count * (k1 + 1)) / (count + k1 * (1 - b + b * Math.max(0, length)));
        best = Math.max(best, gain);
        scores.set(index, (scores.get(index) ?? 0) + gain);
      });
      ceiling += best > 0 ? best : weight;
    }
    const hits = [...scores]
      .map(([index, score]) => ({ index, score }))
      .sort((x, y) => y.score - x.score || x.index - y.index)
      .slice(0, limit);
    return { hits, ceiling };
  }
}

function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
