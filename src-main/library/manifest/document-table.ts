/**
 * The document table of the manifest: every file the library knows, its content hash, its state and the reason. It
 * makes no decisions.
 */

import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { foldPath } from '../../common/paths/fold-path.ts';
import type { TagCount } from '../../contract/documents/tags.ts';
import {
  type Document,
  type DocumentCounts,
  type DocumentFacets,
  type DocumentState,
  documentStateSchema,
} from '../../contract/libraries.ts';
import { DocumentCopies } from './document-copies.ts';
import { DocumentValues, valuesOf } from './document-values.ts';
import { CommonTitles } from './listing/common-titles.ts';
import { countFacets } from './listing/document-facets.ts';
import { type DocumentFilter, documentCondition } from './listing/document-filter.ts';
import {
  type AttachmentResult,
  type DocumentResult,
  type FoundFile,
  fromRow,
  type KnownFile,
  type ManifestDocument,
  publicDocument,
  selected,
} from './manifest-document.ts';
import { NameIndex, namesOf } from './name-index.ts';
import { ReadAnew } from './reading/read-anew.ts';
import { damagesOf } from './sqlite/damages-of.ts';
import { inTransaction } from './sqlite/in-transaction.ts';
import { prepared } from './sqlite/prepared.ts';
import { countTags } from './tags/count-tags.ts';
import { OwnTags } from './tags/own-tags.ts';

export class DocumentTable {
  readonly names: NameIndex;
  readonly values: DocumentValues;
  readonly copies: DocumentCopies;
  readonly tags: OwnTags;
  readonly anew: ReadAnew;
  readonly #commonTitles: CommonTitles;
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.function('fold_path', { deterministic: true }, (path) => foldPath(String(path)));
    this.names = new NameIndex(database);
    this.values = new DocumentValues(database);
    this.copies = new DocumentCopies(database);
    this.anew = new ReadAnew(database);
    this.#commonTitles = new CommonTitles(database);
    this.tags = new OwnTags(database, (id) => this.#indexName(id));
    if (!this.names.isCurrent) this.indexNames();
  }

  get(id: string): ManifestDocument | undefined {
    const row = prepared(this.#database, `${selected} WHERE id = ?`).get(id);
    return row && fromRow(row);
  }

  getMany(ids: readonly string[]): Document[] {
    const statement = prepared(this.#database, `${selected} WHERE id = ?`);
    return ids.flatMap((id) => {
      const row = statement.get(id);
      return row ? [this.shown(fromRow(row))] : [];
    });
  }

  /** What a client is told of a document. */
  shown(document: ManifestDocument): Document {
    return { ...publicDocument(document), title: this.#commonTitles.titleOf(document) };
  }

  /** Files alone, without the documents inside them. */
  inFolder(folderId: string): ManifestDocument[] {
    return this.#database
      .prepare(`${selected} WHERE folder_id = ? AND parent_id IS NULL`)
      .all(folderId)
      .map(fromRow);
  }

  /** What tells whether a file has changed, of each in a folder. Of a hundred thousand, whole documents are slow to make. */
  filesIn(folderId: string): KnownFile[] {
    const statement = this.#database.prepare(
      'SELECT id, path, size_bytes, modified_at FROM documents WHERE folder_id = ? AND parent_id IS NULL',
    );
    statement.setReturnArrays(true);
    const rows = statement.all(folderId) as unknown as [string, string, number, number][];
    return rows.map(([id, path, sizeBytes, modifiedAt]) => ({ id, path, sizeBytes, modifiedAt }));
  }

  all(): ManifestDocument[] {
    return this.#database.prepare(selected).all().map(fromRow);
  }

  withState(state: DocumentState): ManifestDocument[] {
    return this.#database
      .prepare(`${selected} WHERE state = ? ORDER BY relative_path`)
      .all(state)
      .map(fromRow);
  }

  /** Of all documents, those inside others included. */
  ids(): Set<string> {
    const statement = this.#database.prepare('SELECT id FROM documents');
    statement.setReturnArrays(true);
    return new Set((statement.all() as unknown as [string][]).map(([id]) => id));
  }

  /** The hash of the bytes that each indexed document was read from, by document. */
  indexedHashes(): Map<string, string | null> {
    const statement = this.#database.prepare(
      "SELECT id, content_hash FROM documents WHERE state = 'indexed'",
    );
    statement.setReturnArrays(true);
    return new Map(statement.all() as unknown as [string, string | null][]);
  }

  /** Documents with pages that wait for text recognition. */
  waiting(): ManifestDocument[] {
    return this.#database
      .prepare(`${selected} WHERE waiting_pages IS NOT NULL ORDER BY modified_at DESC`)
      .all()
      .map(fromRow);
  }

  list(filter: DocumentFilter & { offset: number; limit: number }): { total: number; documents: Document[] } {
    const { sql: where, values } = documentCondition(filter);
    const total = Number(
      this.#database.prepare(`SELECT count(*) AS n FROM documents ${where}`).get(...values)?.n,
    );
    const rows = this.#database
      .prepare(`${selected} ${where} ORDER BY path LIMIT ? OFFSET ?`)
      .all(...values, filter.limit, filter.offset);
    return { total, documents: rows.map((row) => this.shown(fromRow(row))) };
  }

  facets(filter: DocumentFilter): DocumentFacets {
    return countFacets(this.#database, filter);
  }

  /** All of them, the most frequent first. */
  countTags(): TagCount[] {
    return countTags(this.#database, documentCondition({}), -1);
  }

  counts(): DocumentCounts {
    const counts = Object.fromEntries(
      documentStateSchema.options.map((state) => [state, 0]),
    ) as DocumentCounts;
    for (const row of this.#database
      .prepare('SELECT state, count(*) AS n FROM documents GROUP BY state')
      .all()) {
      counts[documentStateSchema.parse(row.state)] = Number(row.n);
    }
    return counts;
  }

  chunkCount(): number {
    return Number(this.#database.prepare('SELECT sum(chunk_count) AS n FROM documents').get()?.n ?? 0);
  }

  /** A new file, waiting to be read. */
  addPending(folderId: string, file: FoundFile, id: string = randomUUID()): string {
    prepared(
      this.#database,
      `INSERT INTO documents (id, folder_id, path, relative_path, title, size_bytes, modified_at, state)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'pending')`,
    ).run(id, folderId, file.path, file.relativePath, file.relativePath, file.sizeBytes, file.modifiedAt);
    this.tags.bringBack(id);
    this.#indexName(id);
    return id;
  }

  /** A known file that changed, or is to be read again. What it held stays searchable until it has been read. */
  markPending(id: string, file?: Pick<FoundFile, 'sizeBytes' | 'modifiedAt'>): void {
    prepared(
      this.#database,
      `UPDATE documents SET state = 'pending', reason = NULL, size_bytes = coalesce(?1, size_bytes),
       modified_at = coalesce(?2, modified_at), before_anew = iif(?1 IS NULL, before_anew, NULL) WHERE id = ?3`,
    ).run(file?.sizeBytes ?? null, file?.modifiedAt ?? null, id);
  }

  /** Forces the next run to read the file even if its bytes are the same. */
  forgetContent(id: string): void {
    this.#database.prepare('UPDATE documents SET content_hash = NULL WHERE id = ?').run(id);
  }

  finish(id: string, result: DocumentResult): void {
    prepared(
      this.#database,
      `UPDATE documents SET state = ?, reason = ?, title = ?, kind = ?, page_count = ?, chunk_count = ?,
         content_hash = ?, facts = ?, reader = ?, waiting_pages = ?, language = coalesce(?, language), before_anew = NULL WHERE id = ?`,
    ).run(
      result.state,
      result.reason,
      result.title,
      result.kind,
      result.pageCount,
      result.chunkCount,
      result.contentHash,
      result.facts ? JSON.stringify(result.facts) : null,
      result.reader,
      result.waitingPages ? JSON.stringify(result.waitingPages) : null,
      result.language ?? null,
      id,
    );
    this.#indexName(id);
  }

  /** Documents inside a file, those inside attachments included. */
  attachmentsOf(parentId: string): ManifestDocument[] {
    return prepared(this.#database, `${selected} WHERE parent_id = ? ORDER BY path`)
      .all(parentId)
      .map(fromRow);
  }

  /** Inside the caller's transaction. What the file held before and does not hold now is forgotten. */
  replaceAttachments(parent: ManifestDocument, attachments: readonly AttachmentResult[]): void {
    const insert = prepared(
      this.#database,
      `INSERT INTO documents (id, folder_id, parent_id, path, relative_path, title, size_bytes, modified_at, state)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending')`,
    );
    this.names.remove(this.attachmentsOf(parent.id).map(({ id }) => id));
    prepared(this.#database, 'DELETE FROM documents WHERE parent_id = ?').run(parent.id);
    for (const attachment of attachments) {
      const { id, path, relativePath, title, sizeBytes, modifiedAt } = attachment;
      insert.run(id, parent.folderId, parent.id, path, relativePath, title, sizeBytes, modifiedAt);
      this.tags.bringBack(id);
      this.finish(id, attachment);
    }
  }

  /** The documents inside a file go with it. */
  move(id: string, folderId: string, file: FoundFile): void {
    const before = this.get(id);
    const inside = this.attachmentsOf(id);
    this.#database
      .prepare(
        'UPDATE documents SET folder_id = ?, path = ?, relative_path = ?, modified_at = ? WHERE id = ?',
      )
      .run(folderId, file.path, file.relativePath, file.modifiedAt, id);
    this.#indexName(id);
    const rename = this.#database.prepare(
      'UPDATE documents SET folder_id = ?, path = ?, relative_path = ? WHERE id = ?',
    );
    for (const inner of inside) {
      const below = (path: string, from: string, to: string) => `${to}${path.slice(from.length)}`;
      const path = below(inner.path, before!.path, file.path);
      const relativePath = below(inner.relativePath, before!.relativePath, file.relativePath);
      rename.run(folderId, path, relativePath, inner.id);
      this.#indexName(inner.id);
    }
  }

  /** Inside the caller's transaction: these documents are elsewhere, each as far below its folder as it was. */
  relocate(documents: readonly { id: string; path: string }[]): void {
    const statement = this.#database.prepare('UPDATE documents SET path = ? WHERE id = ?');
    // No two may have the same path at any moment, and one may go where another one was.
    for (const { id } of documents) statement.run(id, id);
    for (const { id, path } of documents) statement.run(path, id);
  }

  remove(ids: readonly string[]): void {
    const statement = this.#database.prepare('DELETE FROM documents WHERE id = ?');
    this.transaction(() => {
      this.names.remove([...ids, ...ids.flatMap((id) => this.attachmentsOf(id).map((inner) => inner.id))]);
      for (const id of ids) statement.run(id);
    });
  }

  /** Makes the index of names anew. */
  indexNames(): void {
    this.transaction(() => {
      this.names.restart();
      for (const { id } of this.#database.prepare('SELECT id FROM documents').all())
        this.#indexName(String(id));
    });
  }

  /** For a row that was put in from elsewhere. */
  nameAgain(id: string): void {
    this.#indexName(id);
  }

  /** Called wherever a document's path, title, facts or tags change. */
  #indexName(id: string): void {
    const document = this.get(id);
    if (!document) return;
    this.names.put(id, namesOf(document));
    this.values.put(id, valuesOf(document));
  }

  /** What SQLite finds wrong with the whole file, in its words. */
  damages(): string[] {
    return damagesOf(this.#database);
  }

  /** All or nothing. */
  transaction(work: () => void): void {
    inTransaction(this.#database, work);
  }
}
