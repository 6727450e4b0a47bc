/**
 * Which documents are copies of one another, byte for byte or nearly word for word. Each belongs to a family, found once, when it was read;
 * a search then shows one of a family. It lies in the library's SQLite file.
 */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { areCopies, type TextSignature } from '../extraction/text-signature.ts';
import { prepared } from './sqlite/prepared.ts';

/** Texts of nearly one length with the same numbers, most like in length first; more are not compared. */
const mostCandidates = 300;
/** Near copies differ in length by no more than this part. */
const lengthTolerance = 0.12;

export class DocumentCopies {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Documents with passages that have not been compared since their bytes changed. */
  waiting(): { id: string; contentHash: string }[] {
    return this.#database
      .prepare(
        `SELECT d.id, d.content_hash FROM documents d LEFT JOIN document_copies c ON c.document_id = d.id
         WHERE d.chunk_count > 0 AND d.content_hash IS NOT NULL AND c.content_hash IS NOT d.content_hash ORDER BY d.path`,
      )
      .all()
      .map((row) => ({ id: String(row.id), contentHash: String(row.content_hash) }));
  }

  /** `signature` null: the text is not at hand, so that only the same bytes make a copy. */
  put(documentId: string, contentHash: string, signature: TextSignature | null): void {
    prepared(this.#database, 'DELETE FROM document_copies WHERE document_id = ?').run(documentId);
    const family = this.#sameBytes(contentHash) ?? (signature && this.#nearly(signature)) ?? randomUUID();
    prepared(
      this.#database,
      `INSERT INTO document_copies (document_id, content_hash, family, words, numbers, signature, seen_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      documentId,
      contentHash,
      family,
      signature?.wordCount ?? null,
      signature?.numbers ?? null,
      signature ? new Uint8Array(signature.bins.buffer) : null,
      Date.now(),
    );
  }

  /** Ids of families by document; documents that were not compared yet are left out. */
  familiesOf(documentIds: readonly string[]): Map<string, string> {
    const statement = this.#database.prepare('SELECT family FROM document_copies WHERE document_id = ?');
    return new Map(
      documentIds.flatMap((id) => {
        const family = statement.get(id)?.family;
        return family === undefined ? [] : [[id, String(family)] as const];
      }),
    );
  }

  /** Paths of a document and all its copies, its own first; one path for a document without any. */
  placesOf(documentId: string): string[] {
    return this.#database
      .prepare(
        `SELECT d.path FROM document_copies own JOIN document_copies copy ON copy.family = own.family
         JOIN documents d ON d.id = copy.document_id WHERE own.document_id = ?
         ORDER BY d.id <> own.document_id, d.path`,
      )
      .all(documentId)
      .map(({ path }) => String(path));
  }

  /** Those of the documents that were first read, or read with other bytes than before, after this time in milliseconds since 1970. */
  newSince(time: number, documentIds: readonly string[]): string[] {
    const statement = this.#database.prepare(
      'SELECT 1 FROM document_copies WHERE document_id = ? AND seen_at > ?',
    );
    return documentIds.filter((id) => statement.get(id, time) !== undefined);
  }

  #sameBytes(contentHash: string): string | null {
    const row = prepared(
      this.#database,
      'SELECT family FROM document_copies WHERE content_hash = ? LIMIT 1',
    ).get(contentHash);
    return row ? String(row.family) : null;
  }

  #nearly(signature: TextSignature): string | null {
    const { wordCount, numbers } = signature;
    const rows = prepared(
      this.#database,
      `SELECT family, words, signature FROM document_copies WHERE numbers = ? AND words BETWEEN ? AND ?
         ORDER BY abs(words - ?) LIMIT ?`,
    ).all(
      numbers,
      Math.floor(wordCount * (1 - lengthTolerance)),
      Math.ceil(wordCount * (1 + lengthTolerance)),
      wordCount,
      mostCandidates,
    );
    const near = rows.find((row) => {
      const { buffer, byteOffset, byteLength } = row.signature as Uint8Array;
      return areCopies(signature, {
        wordCount: Number(row.words),
        numbers,
        bins: new Uint32Array(buffer, byteOffset, byteLength / Uint32Array.BYTES_PER_ELEMENT),
      });
    });
    return near ? String(near.family) : null;
  }
}
