/** Recent searches and feedback of a person. Kept on this machine only. */
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

  /** When documents were last opened from a search, in milliseconds since 1970, by id. */
  openedAt(): Map<string, number> {
    const times = new Map<string, number>();
    const rows = this.#database
      .prepare("SELECT chunk_id, at FROM feedback WHERE verdict = 'opened' ORDER BY at")
      .all();
    for (const row of rows) times.set(documentIdOf(String(row.chunk_id)), Number(row.at));
    return times;
  }

  /**
   * One pair for each question and passage. What a person said last counts; that they opened a passage counts only where they said
   * nothing of it, so that “not helpful” takes the opening back.
   */
  feedback(): FeedbackPair[] {
    const pairs = new Map<string, FeedbackPair>();
    for (const row of this.#database
      .prepare('SELECT query, chunk_id, passage, verdict FROM feedback ORDER BY id')
      .all()) {
      const pair: FeedbackPair = {
        query: String(row.query).trim(),
        documentId: documentIdOf(String(row.chunk_id)),
        passage: String(row.passage),
        verdict: row.verdict as Feedback['verdict'],
      };
      // By its text, as a passage's number in its document changes with what stands before it.
      const key = JSON.stringify([pair.query, pair.documentId, pair.passage]);
      if (pair.verdict !== 'opened' || !pairs.has(key)) pairs.set(key, pair);
    }
    return [...pairs.values()];
  }
}

const documentIdOf = (chunkId: string): string => chunkId.replace(/:\d+$/, '');
