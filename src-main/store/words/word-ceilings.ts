/**
 * The most that each word of a question can add to a passage's word score in this table: its own best score. The sum tells how good a word
 * score is at all, which BM25 by itself does not. Remembered until the table changes; it ranks nothing.
 */
import { MatchQuery, type Table } from '@lancedb/lancedb';

const maxRemembered = 20_000;
/** What repetition of a word makes of its idf in a good passage: about what is seen for rare words in the tables. */
const rareWordFactor = 1.5;

export class WordCeilings {
  readonly #table: Table;
  readonly #known = new Map<string, Promise<number>>();
  #rows: Promise<number> | null = null;

  constructor(table: Table) {
    this.#table = table;
  }

  /** `terms` by stem, each with a word of that stem. A term that no passage holds counts as the rarest one would. */
  async sum(terms: ReadonlyMap<string, string>): Promise<number> {
    if (this.#known.size + terms.size > maxRemembered) this.#known.clear();
    const ceilings = Array.from(terms, ([stem, word]) => {
      const known = this.#known.get(stem) ?? this.#measure(word);
      this.#known.set(stem, known);
      // A failure is reported to whoever asked, not to those who ask later.
      known.catch(() => this.#known.delete(stem));
      return known;
    });
    return (await Promise.all(ceilings)).reduce((sum, ceiling) => sum + ceiling, 0);
  }

  clear(): void {
    this.#known.clear();
    this.#rows = null;
  }

  async #measure(word: string): Promise<number> {
    const query = this.#table
      .query()
      .fullTextSearch(new MatchQuery(word, 'words'))
      .select(['_score'])
      .limit(1);
    const best = await query.toArrow();
    if (best.numRows > 0) return best.getChild('_score')!.get(0);
    this.#rows ??= this.#table.countRows();
    try {
      return rareWordFactor * Math.log(2 * (await this.#rows) + 2);
    } catch (error) {
      this.#rows = null;
      throw error;
    }
  }
}
