/**
 * What a search sees of a library: its passages, and the vectors that one encoder and adapter have made of them so far, or none. It
 * ranks nothing across words and vectors; that is the search's business.
 */
import { AppError } from '../common/app-error.ts';
import type { ChunkRow, DocumentFacts, FoundPassage, PassageRow, PassageVectors } from './chunk-row.ts';
import type { FoundChunk, VectorQueryOptions, WordQueryOptions } from './find-chunks.ts';
import type { PassageTable } from './tables/passage-table.ts';
import { type DocumentVersion, groupsToRead, type ReadRowsOptions } from './tables/read-documents.ts';
import type { MaintenanceReport } from './tables/table-maintenance.ts';
import type { VectorIndexState } from './tables/vector-index.ts';
import type { VectorTable } from './tables/vector-table.ts';
import type { TermStatistics } from './words/term-statistics.ts';

/** The tables as they are now: a damaged one may be replaced while the set is in use. */
export type SetTables = { readonly passages: PassageTable; readonly vectors: VectorTable | null };

/** What a set needs of the store that it belongs to, to write. */
export type SetStore = {
  write<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Inside `write`. */
  replaceNow(batch: readonly { documentId: string; rows: readonly PassageRow[] }[]): Promise<void>;
  removeDocuments(ids: readonly string[]): Promise<void>;
  updateDocumentFacts(facts: ReadonlyMap<string, DocumentFacts>): Promise<void>;
};

export class ChunkSet {
  readonly id: string;
  readonly dimension: number;
  readonly #store: SetStore;
  readonly #tables: SetTables;

  /** Called by ChunkStore alone. */
  constructor(id: string, dimension: number, store: SetStore, tables: SetTables) {
    this.id = id;
    this.dimension = dimension;
    this.#store = store;
    this.#tables = tables;
  }

  /** How the vector index is used, or null while search is exact. */
  get vectorIndex(): VectorIndexState | null {
    return this.#vectors?.vectorIndex ?? null;
  }

  /** False once its vectors have been dropped. */
  get isOpen(): boolean {
    return this.dimension === 0 || this.#vectors !== null;
  }

  /** Passages that have a vector. */
  get embeddedCount(): number {
    return this.#vectors?.rowCount ?? 0;
  }

  /** Whether some passages can be found by words alone as yet. */
  get isPartlyEmbedded(): boolean {
    return this.embeddedCount < this.#passages.rowCount;
  }

  get #passages(): PassageTable {
    return this.#tables.passages;
  }

  get #vectors(): VectorTable | null {
    return this.#tables.vectors;
  }

  get passageTotal(): number {
    return this.#passages.rowCount;
  }

  async countRows(): Promise<number> {
    return this.#passages.rowCount;
  }

  /** The documents that have passages. */
  async documentVersions(): Promise<Map<string, DocumentVersion>> {
    return new Map(this.#passages.versions);
  }

  documentIds(): Iterable<string> {
    return this.#passages.versions.keys();
  }

  /** Whether the document's passages, as they are now, all have vectors. */
  isEmbedded(documentId: string): boolean {
    const passages = this.#passages.versions.get(documentId);
    const vectors = this.#vectors?.versions.get(documentId);
    return vectors?.contentHash === passages?.contentHash && vectors?.rows === passages?.rows;
  }

  /** Documents whose passages have no vectors yet. */
  documentsToEmbed(): string[] {
    return this.dimension === 0
      ? []
      : [...this.#passages.versions.keys()].filter((documentId) => !this.isEmbedded(documentId));
  }

  /** Documents with vectors of their passages, but not of the passages' parts, as earlier versions made them. */
  async documentsWithoutWindows(): Promise<string[]> {
    const ids = (await this.#vectors?.withoutWindows()) ?? [];
    return ids.filter((documentId) => this.isEmbedded(documentId));
  }

  /** Passages of a document; 0 where there is none. */
  passageCount(documentId: string): number {
    return this.#passages.versions.get(documentId)?.rows ?? 0;
  }

  /**
   * Takes vectors by `chunkId` for all passages of these documents. A document that changed or went away since its passages were read
   * is passed over: its vectors would not be those of its text. `contentHashes` are what was read. Throws `bad-request` for a vector of another length.
   */
  addVectors(
    contentHashes: ReadonlyMap<string, string>,
    vectors: ReadonlyMap<string, PassageVectors>,
  ): Promise<void> {
    return this.#store.write(() => this.#addNow(contentHashes, vectors));
  }

  /** Removes vectors of documents that changed or went away without their vectors following, as after a kill. */
  async dropStaleVectors(): Promise<void> {
    await this.#store.write(async () => {
      const table = this.#vectors;
      const stale = [...(table?.versions.keys() ?? [])].filter((id) => !this.isEmbedded(id));
      if (table && stale.length > 0)
        await table.writeNow('removing vectors', () => table.replaceNow(stale, []));
    });
  }

  /** Passages and, where rows have them, vectors of whole documents, in the place of what the library had of these documents. */
  async replaceDocuments(batch: readonly { documentId: string; rows: readonly ChunkRow[] }[]): Promise<void> {
    const wrong = batch
      .flatMap(({ rows }) => rows)
      .find(({ vector }) => vector && vector.length !== this.dimension);
    if (wrong) {
      throw new AppError(
        'bad-request',
        `The passage ${wrong.chunkId} has a vector of ${wrong.vector?.length} where this set needs ${this.dimension} numbers.`,
      );
    }
    const embedded = batch.filter(({ rows }) => rows.length > 0 && rows.every(({ vector }) => vector));
    const rows = embedded.flatMap((document) => document.rows);
    await this.#store.write(async () => {
      await this.#store.replaceNow(batch);
      if (rows.length === 0) return;
      await this.#addNow(
        new Map(rows.map((row) => [row.documentId, row.contentHash])),
        new Map(
          rows.map(({ chunkId, vector, windows = null }) => [
            chunkId,
            { vector: vector as Float32Array, windows },
          ]),
        ),
      );
    });
  }

  removeDocuments(ids: readonly string[]): Promise<void> {
    return this.#store.removeDocuments(ids);
  }

  updateDocumentFacts(facts: ReadonlyMap<string, DocumentFacts>): Promise<void> {
    return this.#store.updateDocumentFacts(facts);
  }

  /** Whole documents, each with its rows in order. Documents that vanish meanwhile are left out. */
  async *readRows(options: ReadRowsOptions = {}): AsyncGenerator<ChunkRow[]> {
    for (const ids of groupsToRead(this.#passages.versions, options)) {
      options.signal?.throwIfAborted();
      const passages = await this.#passages.readDocuments(ids);
      const vectors = options.withVectors ? await this.#vectors?.vectorsOfDocuments(ids) : undefined;
      const rows = passages.map((row) => ({
        ...row,
        ...(vectors?.get(row.chunkId) ?? { vector: null }),
      }));
      if (rows.length > 0) yield rows;
    }
  }

  /** Passages that hold any of the words, best first, by BM25. Rows not yet in the index are found too. */
  findByWords(options: WordQueryOptions): Promise<FoundChunk[]> {
    return this.#passages.findByWords(options);
  }

  /** ISO 639-1 of the passages' languages, the most frequent first. */
  get languages(): string[] {
    return this.#passages.languages;
  }

  /** Part of the passages by language, of those whose language is known. */
  languageShares(): Map<string, number> {
    return this.#passages.languageShares();
  }

  /** What the word index knows of a term. */
  statisticsOf(term: string): Promise<TermStatistics> {
    return this.#passages.statisticsOf(term);
  }

  /** Passages nearest to `vector`, best first; the score is the dot product. Empty in a set of words only. */
  async findByVector(
    vector: Float32Array,
    { withWords = false, ...options }: VectorQueryOptions & { withWords?: boolean },
  ): Promise<FoundChunk[]> {
    const found = (await this.#vectors?.findByVector(vector, options)) ?? [];
    if (!withWords) return found;
    const words = await this.#passages.wordsOf(found.map(({ chunkId }) => chunkId));
    return found.map((chunk) => ({ ...chunk, ...words.get(chunk.chunkId) }));
  }

  /** The most recently changed documents' first passages, for a search that only narrows. */
  findRecent(where: string, limit: number): Promise<PassageRow[]> {
    return this.#passages.findRecent(where, limit);
  }

  /** Passages that meet a condition, in no order; the score is 0. */
  findMatching(where: string, limit: number): Promise<FoundChunk[]> {
    return this.#passages.findMatching(where, limit);
  }

  /** The first passage of each of these documents that meets the condition, by document. */
  findFirst(documentIds: readonly string[], where: string | null): Promise<Map<string, FoundChunk>> {
    return this.#passages.findFirst(documentIds, where);
  }

  /** The passages behind a search's finds, by id; those deleted meanwhile are left out. */
  readFound(found: readonly FoundChunk[]): Promise<Map<string, FoundPassage>> {
    return this.#passages.readFound(found.map(({ chunkId }) => chunkId));
  }

  /** The vectors of found passages, in their order; passages without one are left out. */
  async vectorsOf(found: readonly FoundChunk[]): Promise<Float32Array[]> {
    const vectors = await this.#vectors?.vectorsOf(found.map(({ chunkId }) => chunkId));
    return found.flatMap(({ chunkId }) => vectors?.get(chunkId) ?? []);
  }

  /**
   * Brings the indexes up to date where they lag behind, compacts, and removes old versions. `force` does all of it now. Waits for
   * writes under way; writes asked for meanwhile wait for it. `rebuildWords` makes word scores depend on nothing but the rows.
   */
  async maintain(options: { force?: boolean; rebuildWords?: boolean } = {}): Promise<MaintenanceReport> {
    const report = await this.#passages.maintain(options);
    await this.maintainVectors(options);
    return report;
  }

  async maintainVectors(options: { force?: boolean } = {}): Promise<void> {
    await this.#vectors?.maintain(options);
  }

  async #addNow(
    contentHashes: ReadonlyMap<string, string>,
    vectors: ReadonlyMap<string, PassageVectors>,
  ): Promise<void> {
    const table = this.#vectors;
    if (!table) return;
    const ids = [...contentHashes.keys()].filter(
      (id) => this.#passages.versions.get(id)?.contentHash === contentHashes.get(id),
    );
    // Read here and not before the embedding, so that a file that moved meanwhile is where it is now.
    const keys = await this.#passages.readKeys(ids);
    const rows = keys.flatMap((key) => {
      const made = vectors.get(key.chunkId);
      return made ? [{ ...key, ...made }] : [];
    });
    await table.writeNow('writing vectors', () => table.replaceNow(ids, rows));
  }
}
