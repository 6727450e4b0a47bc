/**
 * What text recognition has made of pages, by the hash of the document's bytes: it took seconds a page, so that it is kept when a document moves, is
 * read again, or comes a second time. A page is written once it is done, so that a kill costs at most one.
 */
import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { ThrowawayDatabase } from '../extraction/throwaway-database.ts';
import type { RecognisedPage } from './recognised-page.ts';

const schema = `
CREATE TABLE IF NOT EXISTS pages (
  content_hash TEXT NOT NULL,
  page INTEGER NOT NULL,
  languages TEXT NOT NULL,
  seconds REAL NOT NULL,
  read_at INTEGER NOT NULL,
  failure TEXT,
  content BLOB,
  PRIMARY KEY (content_hash, page)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pages_by_time ON pages(read_at);
`;
/** So many of the last pages tell how long one takes on this machine. */
const measuredPages = 50;
const minMeasuredPages = 3;

/** A page ends read, perhaps without text, or failed, with a reason for a person. */
export type StoredPage = { page: RecognisedPage } | { failure: string };

export class RecognisedPages {
  readonly #store: ThrowawayDatabase;

  constructor(directory: string) {
    this.#store = new ThrowawayDatabase(join(directory, 'recognised.sqlite'), schema);
  }

  put(
    contentHash: string,
    number: number,
    stored: StoredPage,
    how: { languages: readonly string[]; seconds: number },
  ): void {
    const failure = 'failure' in stored ? stored.failure : null;
    const content = 'page' in stored ? deflateSync(JSON.stringify(stored.page)) : null;
    this.#store.attempt((database) =>
      database
        .prepare(
          'INSERT OR REPLACE INTO pages (content_hash, page, languages, seconds, read_at, failure, content) VALUES (?, ?, ?, ?, ?, ?, ?)',
        )
        .run(contentHash, number, how.languages.join('+'), how.seconds, Date.now(), failure, content),
    );
  }

  get(contentHash: string, number: number): StoredPage | undefined {
    return this.#store.attempt((database) => {
      const row = database
        .prepare('SELECT failure, content FROM pages WHERE content_hash = ? AND page = ?')
        .get(contentHash, number);
      return row && storedOf(row);
    });
  }

  /** Numbers of the pages that are done, by the hash of their document. */
  done(): Map<string, Set<number>> {
    const rows =
      this.#store.attempt((database) =>
        database.prepare('SELECT content_hash AS hash, page FROM pages').all(),
      ) ?? [];
    const found = new Map<string, Set<number>>();
    for (const { hash, page } of rows) {
      const pages = found.get(String(hash)) ?? new Set();
      found.set(String(hash), pages.add(Number(page)));
    }
    return found;
  }

  /** How long a page took of late, or null while there are too few to tell. */
  secondsPerPage(): number | null {
    const row = this.#store.attempt((database) =>
      database
        .prepare(
          'SELECT avg(seconds) AS seconds, count(*) AS n FROM (SELECT seconds FROM pages WHERE failure IS NULL ORDER BY read_at DESC LIMIT ?)',
        )
        .get(measuredPages),
    );
    return row && Number(row.n) >= minMeasuredPages ? Number(row.seconds) : null;
  }

  clear(): void {
    this.#store.attempt((database) => database.exec('DELETE FROM pages'));
  }

  /** False where there is nothing that could be copied. */
  copyTo(path: string): boolean {
    return this.#store.copyTo(path);
  }

  close(): void {
    this.#store.close();
  }
}

const storedOf = ({ failure, content }: Record<string, unknown>): StoredPage =>
  failure === null
    ? { page: JSON.parse(inflateSync(content as Uint8Array).toString()) as RecognisedPage }
    : { failure: String(failure) };
