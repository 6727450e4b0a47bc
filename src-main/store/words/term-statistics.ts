/**
 * What the word index knows of single terms: how many passages hold one, and the best score of any of them. Remembered until the table has
 * changed by more than a little; a term that no passage holds is asked for again after every write.
 */
import { MatchQuery, type Table } from '@lancedb/lancedb';
import { termColumn } from './word-index.ts';

export type TermStatistics = {
  /** Passages that hold the term, counted up to some thousands. */
  passages: number;
  bestScore: number;
};

const maxRemembered = 20_000;
const maxCounted = 5000;
/** Scores drift with the rows; below this part of them it does not show. */
const maxDrift = 0.02;

export class TermStatisticsCache {
  readonly #table: Table;
  readonly #known = new Map<string, Promise<TermStatistics>>();
  readonly #absent = new Set<string>();
  #rowsAtStart = 0;

  constructor(table: Table) {
    this.#table = table;
  }

  of(term: string): Promise<TermStatistics> {
    return this.#remember(term, () => this.#measure(new MatchQuery(term, termColumn)));
  }

  /** To be called after every write. */
  written(rowCount: number): void {
    for (const term of this.#absent) this.#known.delete(term);
    this.#absent.clear();
    if (Math.abs(rowCount - this.#rowsAtStart) <= this.#rowsAtStart * maxDrift) return;
    this.#rowsAtStart = rowCount;
    this.#known.clear();
  }

  #remember(key: string, measure: () => Promise<TermStatistics>): Promise<TermStatistics> {
    const known = this.#known.get(key);
    if (known) return known;
    if (this.#known.size >= maxRemembered) this.#known.clear();
    const measuring = measure();
    this.#known.set(key, measuring);
    measuring.then(
      ({ passages }) => {
        if (passages === 0) this.#absent.add(key);
      },
      // A failure is reported to whoever asked, not to those who ask later.
      () => this.#known.delete(key),
    );
    return measuring;
  }

  async #measure(query: MatchQuery): Promise<TermStatistics> {
    const rows = await this.#table
      .query()
      .fullTextSearch(query)
      .select(['_score'])
      .limit(maxCounted)
      .toArrow();
    return { passages: rows.numRows, bestScore: rows.numRows > 0 ? rows.getChild('_score')!.get(0) : 0 };
  }
}
