/**
 * One table of passages, all with vectors of one encoder and adapter, or with none. Writes go through one queue, each is counted after
 * its commit, and repeating one is harmless. It ranks nothing across words and vectors; that is the search's business.
 */
import type { Table } from '@lancedb/lancedb';
import { AppError } from '../common/app-error.ts';
import { arrowToRows, pathsToArrow, plainColumns, rowsToArrow } from './chunk-columns.ts';
import type { ChunkRow, FoundPassage } from './chunk-row.ts';
import {
  type FoundChunk,
  findByVector,
  findByWords,
  findMatching,
  type VectorQueryOptions,
  type WordQueryOptions,
} from './find-chunks.ts';
import {
  type DocumentVersion,
  groupsToRead,
  inIdGroups,
  type ReadRowsOptions,
  readDocuments,
  readDocumentVersions,
} from './read-documents.ts';
import { readFound, readVectors } from './read-found.ts';
import { isOneOf, quoteIdentifier } from './sql.ts';
import { StemCache } from './stem-cache.ts';
import { storeError } from './store-error.ts';
import {
  ensureWordIndex,
  IndexRefresher,
  type MaintenanceReport,
  maintainTable,
} from './table-maintenance.ts';
import { readVectorIndexState, type VectorIndexState } from './vector-index.ts';
import { WordCeilings } from './word-ceilings.ts';
import { WriteQueue } from './write-queue.ts';

export class ChunkSet {
  readonly id: string;
  readonly dimension: number;
  readonly #table: Table;
  readonly #statePath: string;
  readonly #queue = new WriteQueue();
  readonly #refresher = new IndexRefresher();
  readonly #stems: StemCache;
  readonly #ceilings: WordCeilings;
  #vectorIndex: VectorIndexState | null;
  #isClosed = false;

  private constructor(
    id: string,
    dimension: number,
    table: Table,
    statePath: string,
    vectorIndex: VectorIndexState | null,
  ) {
    this.id = id;
    this.dimension = dimension;
    this.#table = table;
    this.#stems = new StemCache(table);
    this.#ceilings = new WordCeilings(table);
    this.#statePath = statePath;
    this.#vectorIndex = vectorIndex;
  }

  /** Called by ChunkStore alone. */
  static async open(id: string, dimension: number, table: Table, statePath: string): Promise<ChunkSet> {
    await ensureWordIndex(table);
    return new ChunkSet(id, dimension, table, statePath, await readVectorIndexState(table, statePath));
  }

  /** How the vector index is used, or null while search is exact. */
  get vectorIndex(): VectorIndexState | null {
    return this.#vectorIndex;
  }

  /**
   * Puts the rows in the place of whatever the documents had. A kill in between may leave a document without rows, never with rows
   * of two versions; `documentVersions` shows it, and the same call again mends it. Throws if the counts differ after the commit.
   */
  replaceDocuments(batch: readonly { documentId: string; rows: readonly ChunkRow[] }[]): Promise<void> {
    return this.#write('writing passages', async () => {
      if (batch.length === 0) return;
      const rows = batch.flatMap((document) => document.rows);
      const arrow = rows.length > 0 ? rowsToArrow(rows, this.dimension) : null;
      const ids = batch.map(({ documentId }) => documentId);
      const stray = batch.find((document) =>
        document.rows.some((row) => row.documentId !== document.documentId),
      );
      if (stray)
        throw new AppError('bad-request', `Rows of another document were given for ${stray.documentId}.`);
      await this.#deleteDocuments(ids);
      if (arrow) await this.#table.add(arrow);
      const written = await this.#countDocuments(ids);
      if (written !== rows.length) {
        throw new AppError(
          'internal',
          `The search index holds ${written} passages of the documents just written instead of ${rows.length}. Index them again.`,
        );
      }
      await this.#refresher.refreshWhenStale(this.#table);
    });
  }

  removeDocuments(ids: readonly string[]): Promise<void> {
    return this.#write('removing documents', async () => {
      await this.#deleteDocuments(ids);
    });
  }

  updateDocumentPaths(moves: readonly { documentId: string; path: string }[]): Promise<void> {
    return this.#write('changing paths', async () => {
      const paths = new Map(moves.map(({ documentId, path }) => [documentId, path]));
      for (const group of inIdGroups([...paths.keys()])) {
        const rows = await this.#table
          .query()
          .where(isOneOf('documentId', group))
          .select(['chunkId', 'documentId'])
          .toArrow();
        if (rows.numRows === 0) continue;
        // One commit for all of them, where an update per document would make a version each.
        await this.#table.mergeInsert('chunkId').whenMatchedUpdateAll().execute(pathsToArrow(rows, paths));
      }
      await this.#refresher.refreshWhenStale(this.#table);
    });
  }

  countRows(): Promise<number> {
    return this.#read('counting', () => this.#table.countRows());
  }

  /** What is in the table, by document: some 30 ms per 100 000 rows. */
  documentVersions(): Promise<Map<string, DocumentVersion>> {
    return this.#read('listing documents', () => readDocumentVersions(this.#table));
  }

  /** Whole documents, each with its rows in order. Documents that vanish meanwhile are left out. */
  async *readRows(options: ReadRowsOptions = {}): AsyncGenerator<ChunkRow[]> {
    const versions = await this.documentVersions();
    const withVectors = (options.withVectors ?? false) && this.dimension > 0;
    for (const ids of groupsToRead(versions, options)) {
      options.signal?.throwIfAborted();
      const rows = await this.#read('reading passages', () => readDocuments(this.#table, ids, withVectors));
      if (rows.length > 0) yield rows;
    }
  }

  /** Passages that hold any of the words, best first, by BM25. Rows not yet in the index are found too. */
  findByWords(options: WordQueryOptions): Promise<FoundChunk[]> {
    return this.#read('searching words', () => findByWords(this.#table, options));
  }

  /**
   * What a passage would score by words if each of the words scored in it as in its own best passage; 0 if all are stop words.
   * `words` in lower case.
   */
  async wordCeiling(words: readonly string[]): Promise<number> {
    const stems = await this.stemsOf(words);
    const terms = new Map<string, string>();
    for (const [word, stem] of stems) if (stem) terms.set(stem, word);
    return await this.#read('weighing words', () => this.#ceilings.sum(terms));
  }

  /** Passages nearest to `vector`, best first; the score is the dot product. Empty in a set of words only. */
  async findByVector(vector: Float32Array, options: VectorQueryOptions): Promise<FoundChunk[]> {
    if (this.dimension === 0) return [];
    if (vector.length !== this.dimension) {
      throw new AppError(
        'adapter-mismatch',
        `The encoder makes vectors of ${vector.length} numbers, this library's have ${this.dimension}.`,
      );
    }
    return await this.#read('searching vectors', () =>
      findByVector(this.#table, vector, this.#vectorIndex, options),
    );
  }

  /** The most recently changed documents' first passages, for a search that only narrows. */
  findRecent(where: string, limit: number): Promise<ChunkRow[]> {
    return this.#read('listing recent documents', async () => {
      const rows = await this.#table
        .query()
        .where(`(${where}) AND ${quoteIdentifier('ordinal')} = 0`)
        .orderBy({ columnName: 'modifiedAt', ascending: false })
        .limit(limit)
        .select(plainColumns)
        .toArrow();
      return rows.batches.flatMap((batch) => arrowToRows(batch));
    });
  }

  /** Passages that meet a condition, in no order; the score is 0. */
  findMatching(where: string, limit: number): Promise<FoundChunk[]> {
    return this.#read('filtering', () => findMatching(this.#table, where, limit));
  }

  /** The passages behind a search's finds, by id; those deleted meanwhile are left out. */
  readFound(found: readonly FoundChunk[]): Promise<Map<string, FoundPassage>> {
    return this.#read('reading passages', () => readFound(this.#table, found));
  }

  /** The vectors of found passages, in their order; those deleted or moved meanwhile are left out. */
  vectorsOf(found: readonly FoundChunk[]): Promise<Float32Array[]> {
    return this.#read('reading vectors', async () => {
      return this.dimension === 0 ? [] : await readVectors(this.#table, found);
    });
  }

  /**
   * The form under which the word index knows each word (lower-case, folded, stemmed), from the index's own tokenizer;
   * null for a stop word.
   */
  stemsOf(words: readonly string[]): Promise<Map<string, string | null>> {
    return this.#read('tokenizing', () => this.#stems.of(words));
  }

  /**
   * Brings the indexes up to date where they lag behind, compacts, and removes old versions. `force` does all of it now. Waits for
   * writes under way; writes asked for meanwhile wait for it. `rebuildWords` makes word scores depend on nothing but the rows.
   */
  maintain(options: { force?: boolean; rebuildWords?: boolean } = {}): Promise<MaintenanceReport> {
    return this.#write('maintaining the index', async () => {
      const report = await maintainTable(this.#table, {
        dimension: this.dimension,
        statePath: this.#statePath,
        vectorIndex: this.#vectorIndex,
        force: options.force ?? false,
        rebuildWords: options.rebuildWords ?? false,
        onVectorIndex: (state) => {
          this.#vectorIndex = state;
        },
      });
      return report;
    });
  }

  /** Idempotent; waits for writes that are under way. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#queue.idle();
    this.#table.close();
  }

  async #deleteDocuments(ids: readonly string[]): Promise<void> {
    for (const group of inIdGroups(ids)) {
      const where = isOneOf('documentId', group);
      // A delete that matches nothing would still make a version.
      if ((await this.#table.countRows(where)) > 0) await this.#table.delete(where);
    }
  }

  async #countDocuments(ids: readonly string[]): Promise<number> {
    let count = 0;
    for (const group of inIdGroups(ids)) {
      count += await this.#table.countRows(isOneOf('documentId', group));
    }
    return count;
  }

  #write<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    return this.#queue.run(async () => {
      return await this.#read(what, async () => {
        await this.#table.checkoutLatest();
        try {
          return await work();
        } finally {
          this.#ceilings.clear();
        }
      });
    });
  }

  async #read<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw new AppError('conflict', `The search index ${this.id} is closed.`);
    try {
      return await work();
    } catch (error) {
      throw storeError(error, `${what} in ${this.id}`);
    }
  }
}
