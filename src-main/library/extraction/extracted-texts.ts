/**
 * The extracted text of each document as it was when it was read, so that a passage is shown where it was found even after the file
 * has changed. All of it can be made again from the files: a store that is damaged is thrown away, and none of its failures is
 * one of the engine.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { deflateSync, inflateSync } from 'node:zlib';
import { isFull, isReadOnly } from '../manifest/migrate-database.ts';
import type { ExtractedDocument } from './extracted-document.ts';

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

export class ExtractedTexts {
  readonly #path: string;
  readonly #maxBytes: number;
  /** Null where no file can be written: then nothing is kept. */
  #database: DatabaseSync | null = null;
  #bytes = 0;

  /** `maxBytes`, packed, is what is kept at most; what was used longest ago goes first. */
  constructor(directory: string, maxBytes = defaultMaxBytes) {
    this.#path = join(directory, 'texts.sqlite');
    this.#maxBytes = maxBytes;
    this.#open() || this.#startAnew();
  }

  put(documentId: string, contentHash: string, document: ExtractedDocument): void {
    this.putPacked(documentId, contentHash, packDocument(document));
  }

  /** `content` as `packDocument` makes it. */
  putPacked(documentId: string, contentHash: string, content: Uint8Array): void {
    this.#attempt((database) => {
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
    const found = this.#attempt((database) => {
      const row = database
        .prepare('SELECT content FROM texts WHERE document_id = ? AND content_hash = ?')
        .get(documentId, contentHash);
      if (!row) return undefined;
      return JSON.parse(inflateSync(row.content as Uint8Array).toString()) as ExtractedDocument;
    });
    if (found) {
      this.#attempt((database) =>
        database.prepare('UPDATE texts SET used_at = ? WHERE document_id = ?').run(Date.now(), documentId),
      );
    }
    return found;
  }

  remove(documentIds: readonly string[]): void {
    this.#attempt((database) => {
      const statement = database.prepare('DELETE FROM texts WHERE document_id = ?');
      for (const id of documentIds) statement.run(id);
    });
  }

  /** Writes what `work` puts and removes in one commit. */
  together(work: () => void): void {
    this.#attempt((database) => database.exec('BEGIN'));
    try {
      work();
    } finally {
      this.#attempt((database) => {
        if (database.isTransaction) database.exec('COMMIT');
      });
    }
  }

  /** The hash of the bytes that each text was read from, by document. */
  versions(): Map<string, string> {
    const rows =
      this.#attempt((database) =>
        database.prepare('SELECT document_id AS id, content_hash AS hash FROM texts').all(),
      ) ?? [];
    return new Map(rows.map(({ id, hash }) => [String(id), String(hash)]));
  }

  /** False where there is nothing that could be copied. */
  copyTo(path: string): boolean {
    return this.#attempt((database) => database.prepare('VACUUM INTO ?').run(path)) !== undefined;
  }

  close(): void {
    try {
      this.#database?.close();
    } catch {
      // It holds nothing that is not in the files.
    }
    this.#database = null;
  }

  #attempt<T>(work: (database: DatabaseSync) => T): T | undefined {
    if (!this.#database) return undefined;
    try {
      return work(this.#database);
    } catch (error) {
      // Whatever else is wrong with it, what it held can be read again from the documents.
      if (!isFull(error) && !isReadOnly(error)) this.#startAnew();
      return undefined;
    }
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

  #open(): boolean {
    try {
      this.#database = new DatabaseSync(this.#path);
      this.#database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${schema}`);
      const sum = this.#database
        .prepare('SELECT coalesce(sum(length(content)), 0) AS bytes FROM texts')
        .get();
      this.#bytes = Number(sum?.bytes);
      return true;
    } catch (error) {
      this.close();
      // Where nothing can be written just now, what is there is kept for later.
      return isFull(error) || isReadOnly(error);
    }
  }

  #startAnew(): void {
    this.close();
    this.#bytes = 0;
    try {
      for (const suffix of ['', '-wal', '-shm'])
        rmSync(this.#path + suffix, { force: true, recursive: true });
      this.#open();
    } catch {
      // The folder cannot be written just now; the documents are read anew whenever they are shown.
    }
  }
}
