/** What a person searched for and thought of the answers. Kept on this machine only. */
import type { DatabaseSync } from 'node:sqlite';
import type { Feedback } from '../../contract/search.ts';

const recentCount = 20;

export type FeedbackPair = {
  query: string;
  documentId: string;
  passage: string;
  verdict: Feedback['verdict'];
};

export class SearchMemory {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  remember(query: string): void {
    this.#database
      .prepare(
        'INSERT INTO recent_searches (query, at) VALUES (?, ?) ON CONFLICT(query) DO UPDATE SET at = excluded.at',
      )
      .run(query, Date.now());
    this.#database
      .prepare(
        'DELETE FROM recent_searches WHERE query NOT IN (SELECT query FROM recent_searches ORDER BY at DESC LIMIT ?)',
      )
      .run(recentCount);
  }

  recent(): string[] {
    return this.#database
      .prepare('SELECT query FROM recent_searches ORDER BY at DESC')
      .all()
      .map((row) => String(row.query));
  }

  /** `passage` is kept with the verdict, so that it still trains after the document has changed. */
  addFeedback(feedback: Feedback, passage: string): void {
    this.#database
      .prepare('INSERT INTO feedback (at, query, chunk_id, passage, verdict) VALUES (?, ?, ?, ?, ?)')
      .run(Date.now(), feedback.query, feedback.chunkId, passage, feedback.verdict);
  }

  feedback(): FeedbackPair[] {
    return this.#database
      .prepare('SELECT query, chunk_id, passage, verdict FROM feedback ORDER BY at')
      .all()
      .map((row) => ({
        query: String(row.query),
        documentId: String(row.chunk_id).replace(/:\d+$/, ''),
        passage: String(row.passage),
        verdict: row.verdict as Feedback['verdict'],
      }));
  }
}
