/**
 * The extracted text of each document as it was when it was read, so that a passage is shown where it was found even after the file
 * has changed.
 */
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { deflateSync, inflateSync } from 'node:zlib';
import type { ExtractedDocument } from './extracted-document.ts';
import { ThrowawayDatabase } from './throwaway-database.ts';

const schema = `
CREATE TABLE IF NOT EXISTS texts (
  document_id TEXT PRIMARY KEY,
  content_hash TEXT NOT NULL,
  used_at INTEGER NOT NULL,
  content BLOB NOT NULL
) STRICT;
`;
const defaultMaxBytes = 1_000_000_000;
/** Fast, and within some hundredths of the best for text. */
const compression = { level: 3 };

/** The form in which a document is kept. */
export const packDocument = (document: ExtractedDocument): Uint8Array =>
  new Uint8Array(deflateSync(JSON.stringify(document), compression));

export const unpackDocument = (content: Uint8Array): ExtractedDocument =>
  JSON.parse(inflateSync(content).toString()) as ExtractedDocument;

export class ExtractedTexts {
  readonly #store: ThrowawayDatabase;
  readonly #maxBytes: number;
  #bytes = 0;

  /** `maxBytes`, packed, is what is kept at most; what was used longest ago goes first. */
  constructor(directory: string, maxBytes = defaultMaxBytes) {
    this.#store = new ThrowawayDatabase(join(directory, 'texts.sqlite'), schema, (database) => {
      const sum = database.prepare('SELECT coalesce(sum(length(content)), 0) AS bytes FROM texts').get();
      this.#bytes = Number(sum?.bytes);
    });
    this.#maxBytes = maxBytes;
  }

  put(documentId: string, contentHash: string, document: ExtractedDocument): void {
    this.putPacked(documentId, contentHash, packDocument(document));
  }

  /** `content` as `packDocument` makes it. */
  putPacked(documentId: string, contentHash: string, content: Uint8Array): void {
    this.#store.attempt((database) => {
      database
        .prepare(
          'INSERT OR REPLACE INTO texts (document_id, content_hash, used_at, content) VALUES (?, ?, ?, ?)',
        )
        .run(documentId, contentHash, Date.now(), content);
      this.#bytes += content.length;
      if (this.#bytes > this.#maxBytes) this.#shrink(database);
    });
  }

  /** As it was read from the bytes of that hash; undefined where it is not kept. */
  get(documentId: string, contentHash: string): ExtractedDocument | undefined {
    const found = this.#store.attempt((database) => {
      const row = database
        .prepare('SELECT content FROM texts WHERE document_id = ? AND content_hash = ?')
        .get(documentId, contentHash);
      if (!row) return undefined;
      return unpackDocument(row.content as Uint8Array);
    });
    if (found) {
      this.#store.attempt((database) =>
        database.prepare('UPDATE texts SET used_at = ? WHERE document_id = ?').run(Date.now(), documentId),
      );
    }
    return found;
  }

  remove(documentIds: readonly string[]): void {
    this.#store.attempt((database) => {
      const statement = database.prepare('DELETE FROM texts WHERE document_id = ?');
      for (const id of documentIds) statement.run(id);
    });
  }

  /** Writes what `work` puts and removes in one commit. */
  together(work: () => void): void {
    this.#store.attempt((database) => database.exec('BEGIN'));
    try {
      work();
    } finally {
      this.#store.attempt((database) => {
        if (database.isTransaction) database.exec('COMMIT');
      });
    }
  }

  /** The hash of the bytes that each text was read from, by document. */
  versions(): Map<string, string> {
    const rows =
      this.#store.attempt((database) =>
        database.prepare('SELECT document_id AS id, content_hash AS hash FROM texts').all(),
      ) ?? [];
    return new Map(rows.map(({ id, hash }) => [String(id), String(hash)]));
  }

  /** False where there is nothing that could be copied. */
  copyTo(path: string): boolean {
    return this.#store.copyTo(path);
  }

  close(): void {
    this.#store.close();
  }

  /** To nine tenths, so that this is seldom needed. */
  #shrink(database: DatabaseSync): void {
    const rows = database
      .prepare(
        'SELECT document_id AS id, length(content) AS bytes FROM texts ORDER BY used_at DESC, rowid DESC',
      )
      .all();
    let kept = 0;
    const remove = database.prepare('DELETE FROM texts WHERE document_id = ?');
    for (const { id, bytes } of rows) {
      if (kept + Number(bytes) > this.#maxBytes * 0.9) remove.run(String(id));
      else kept += Number(bytes);
    }
    this.#bytes = kept;
  }
}
