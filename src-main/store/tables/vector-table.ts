/** The vectors of one encoder and adapter for a library's passages. A passage without a row here has not been embedded yet. */
import type { Table } from '@lancedb/lancedb';
import { AppError } from '../../common/app-error.ts';
import type { PassageVectors, VectorRow } from '../chunk-row.ts';
import { type FoundChunk, findByVector, type VectorQueryOptions } from '../find-chunks.ts';
import { isOneOf } from '../sql.ts';
import { alone, type OpenedFor, type StoreNote, type Upkeep } from '../storage/table-storage.ts';
import type { WriteQueue } from '../write-queue.ts';
import { type DocumentVersion, inIdGroups, readDocumentVersions } from './read-documents.ts';
import { StoreTable } from './store-table.ts';
import {
  checkIdIndex,
  IndexRefresher,
  idIndexName,
  type MaintenanceReport,
  maintainTable,
} from './table-maintenance.ts';
import { addedWindows, readVector, vectorsToArrow, windowsColumn } from './vector-columns.ts';
import { maintainVectorIndex, readVectorIndexState, type VectorIndexState } from './vector-index.ts';

export class VectorTable extends StoreTable {
  readonly dimension: number;
  readonly #state: StoreNote;
  /** False for a table of an earlier version that may not be changed. */
  readonly #hasWindows: boolean;
  /** Known once it was asked: to find out, a column as large as that of the vectors is read. */
  #isWithoutGaps = false;
  readonly #refresher = new IndexRefresher(idIndexName);
  #vectorIndex: VectorIndexState | null;

  private constructor(
    name: string,
    table: Table,
    queue: WriteQueue,
    versions: Map<string, DocumentVersion>,
    dimension: number,
    hasWindows: boolean,
    state: StoreNote,
    vectorIndex: VectorIndexState | null,
    upkeep: Upkeep,
  ) {
    super(name, table, queue, versions, upkeep);
    this.dimension = dimension;
    this.#hasWindows = hasWindows;
    this.#state = state;
    this.#vectorIndex = vectorIndex;
  }

  /** Called by ChunkStore alone. */
  static async open(
    name: string,
    table: Table,
    queue: WriteQueue,
    dimension: number,
    state: StoreNote,
    { isReadOnly, upkeep }: OpenedFor = alone,
  ): Promise<VectorTable> {
    const versions = await readDocumentVersions(table);
    if (!isReadOnly) await checkIdIndex(table);
    const hasWindows = await addWindows(table, isReadOnly);
    const vectorIndex = await readVectorIndexState(table, state);
    return new VectorTable(name, table, queue, versions, dimension, hasWindows, state, vectorIndex, upkeep);
  }

  /** How the vector index is used, or null while search is exact. */
  get vectorIndex(): VectorIndexState | null {
    return this.#vectorIndex;
  }

  /** Inside the queue. */
  async replaceNow(documentIds: readonly string[], rows: readonly VectorRow[]): Promise<void> {
    if (rows.some(({ windows }) => windows === null)) this.#isWithoutGaps = false;
    // Made anew for passages that stay: in one commit, so that a search meanwhile finds the vectors of before.
    const anew = new Set(this.#unchanged(rows));
    const renewed = rows.filter(({ documentId }) => anew.has(documentId));
    if (renewed.length > 0) {
      const made = vectorsToArrow(renewed, this.dimension);
      await this.table.mergeInsert('chunkId').whenMatchedUpdateAll().execute(made);
    }
    const replaced = rows.filter(({ documentId }) => !anew.has(documentId));
    await this.replaceRows(
      documentIds.filter((id) => !anew.has(id)),
      replaced,
      replaced.length > 0 ? vectorsToArrow(replaced, this.dimension) : null,
    );
  }

  /** Of the documents that the rows belong to, those that are here already in this version, with as many rows. */
  #unchanged(rows: readonly VectorRow[]): string[] {
    return [...Map.groupBy(rows, ({ documentId }) => documentId)].flatMap(([id, own]) => {
      const known = this.versions.get(id);
      return known?.rows === own.length && known.contentHash === own[0]?.contentHash ? [id] : [];
    });
  }

  /** Passages nearest to `vector`, best first; the score is the dot product. */
  async findByVector(vector: Float32Array, options: VectorQueryOptions): Promise<FoundChunk[]> {
    if (vector.length !== this.dimension) {
      throw new AppError(
        'adapter-mismatch',
        `The encoder makes vectors of ${vector.length} numbers, this library's have ${this.dimension}.`,
      );
    }
    return await this.read('searching vectors', () =>
      findByVector(this.table, vector, this.#vectorIndex, {
        ...options,
        withWindows: options.withWindows === true && this.#hasWindows,
      }),
    );
  }

  /** By id of the passage; those without one are left out. */
  async vectorsOf(chunkIds: readonly string[]): Promise<Map<string, Float32Array>> {
    const found = await this.#readVectors('chunkId', chunkIds, []);
    return new Map(Array.from(found, ([id, { vector }]) => [id, vector]));
  }

  vectorsOfDocuments(documentIds: readonly string[]): Promise<Map<string, PassageVectors>> {
    return this.#readVectors('documentId', documentIds, this.#hasWindows ? [windowsColumn] : []);
  }

  /** Documents of which some passage has no vectors of its parts. */
  async withoutWindows(): Promise<string[]> {
    if (this.#isWithoutGaps) return [];
    return await this.read('reading vectors', async () => {
      const ids = new Set<string>();
      for await (const batch of this.table.query().where(`${windowsColumn} IS NULL`).select(['documentId'])) {
        for (const id of batch.getChild('documentId')!) ids.add(id);
      }
      this.#isWithoutGaps = ids.size === 0;
      return [...ids];
    });
  }

  maintain({ force = false }): Promise<MaintenanceReport> {
    return this.write('maintaining the vectors', async () => {
      const report = await maintainTable(this.table, idIndexName, force, this.upkeep);
      await maintainVectorIndex(this.table, {
        dimension: this.dimension,
        state: this.#state,
        vectorIndex: this.#vectorIndex,
        upkeep: this.upkeep,
        onVectorIndex: (state) => {
          this.#vectorIndex = state;
        },
      });
      const leavesOldFiles = this.#refresher.takeLeavesOldFiles() || report.ran;
      return leavesOldFiles ? await this.removeOldVersions(report) : report;
    });
  }

  /** Search is exact until maintenance builds what is missing. */
  protected override async checkIndexes(): Promise<void> {
    await checkIdIndex(this.table);
    if (!this.#vectorIndex) return;
    try {
      await this.findByVector(new Float32Array(this.dimension).fill(1), { limit: 1 });
    } catch {
      this.#vectorIndex = null;
    }
  }

  protected override async afterRefresh(): Promise<void> {
    this.#vectorIndex = await readVectorIndexState(this.table, this.#state);
  }

  protected override async afterWrite(): Promise<void> {
    await this.#refresher.refreshWhenStale(this.table, this.upkeep);
  }

  #readVectors(
    column: string,
    ids: readonly string[],
    columns: readonly string[],
  ): Promise<Map<string, PassageVectors>> {
    return this.read('reading vectors', async () => {
      const vectors = new Map<string, PassageVectors>();
      for (const group of inIdGroups(ids)) {
        const query = this.table
          .query()
          .where(isOneOf(column, group))
          .select(['chunkId', 'vector', ...columns]);
        for await (const batch of query) {
          const chunkIds = batch.getChild('chunkId')!;
          const column = batch.getChild('vector')!;
          const windows = batch.getChild(windowsColumn);
          for (let row = 0; row < batch.numRows; row++) {
            const vector = readVector(column, row);
            vectors.set(chunkIds.get(row), { vector, windows: windows?.get(row)?.slice() ?? null });
          }
        }
      }
      return vectors;
    });
  }
}

/** Whether the table has the column in the end: those of earlier versions get it, empty, where they may be changed. */
async function addWindows(table: Table, isReadOnly: boolean): Promise<boolean> {
  const { fields } = await table.schema();
  if (fields.some((field) => field.name === windowsColumn)) return true;
  if (!isReadOnly) await table.addColumns([addedWindows]);
  return !isReadOnly;
}
