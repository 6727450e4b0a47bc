/**
 * What the tables of a library have in common: rows that belong to documents, replaced document by document, and a record of which version
 * of which document is there. All tables of a library share one queue of writes, so that what is written to several stays in step.
 */
import type { Table } from '@lancedb/lancedb';
import type { Table as ArrowTable } from 'apache-arrow';
import { AppError } from '../../common/app-error.ts';
import type { DocumentFacts } from '../chunk-row.ts';
import { isOneOf } from '../sql.ts';
import type { Upkeep } from '../storage/table-storage.ts';
import { storeError } from '../store-error.ts';
import type { WriteQueue } from '../write-queue.ts';
import { factsToArrow } from './fact-columns.ts';
import { type DocumentVersion, inIdGroups, readDocumentVersions } from './read-documents.ts';
import { type MaintenanceReport, removeOldVersions } from './table-maintenance.ts';

const mostPasses = 3;

export abstract class StoreTable {
  readonly name: string;
  protected readonly table: Table;
  protected readonly upkeep: Upkeep;
  readonly #queue: WriteQueue;
  #versions: Map<string, DocumentVersion>;
  #rowCount: number;
  #isClosed = false;
  /** Reads under way: they may be of a version that is not the newest any more. */
  readonly #reads = new Set<Promise<unknown>>();

  protected constructor(
    name: string,
    table: Table,
    queue: WriteQueue,
    versions: Map<string, DocumentVersion>,
    upkeep: Upkeep,
  ) {
    this.name = name;
    this.table = table;
    this.upkeep = upkeep;
    this.#queue = queue;
    this.#versions = versions;
    this.#rowCount = countRows(versions);
  }

  /** What is in the table, by document, as of the last commit. */
  get versions(): ReadonlyMap<string, DocumentVersion> {
    return this.#versions;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /** Called whenever the rows have changed, inside the queue. */
  protected abstract afterWrite(): Promise<void>;

  /**
   * Puts the rows in the place of whatever the documents had. A kill in between may leave a document without rows, never with rows
   * of two versions; `versions` shows it, and the same call again mends it. Throws if the counts differ after the commit.
   */
  async replaceRows(
    documentIds: readonly string[],
    rows: readonly { documentId: string; contentHash: string }[],
    arrow: ArrowTable | null,
  ): Promise<void> {
    const present = documentIds.filter((id) => this.#versions.has(id));
    for (const group of inIdGroups(present)) await this.table.delete(isOneOf('documentId', group));
    for (const id of present) this.#versions.delete(id);
    if (arrow) await this.table.add(arrow);
    for (const { documentId, contentHash } of rows) {
      const known = this.#versions.get(documentId);
      this.#versions.set(documentId, { contentHash, rows: (known?.rows ?? 0) + 1 });
    }
    this.#rowCount = countRows(this.#versions);
    const written = await this.table.countRows();
    if (written !== this.#rowCount) {
      throw new AppError(
        'internal',
        `The search index ${this.name} holds ${written} rows after a write instead of ${this.#rowCount}. Index the documents again.`,
      );
    }
    await this.afterWrite();
  }

  /** One commit for all of them, where an update per document would make a version each. Documents without rows are passed over. */
  async writeFacts(facts: ReadonlyMap<string, DocumentFacts>): Promise<void> {
    const present = [...facts.keys()].filter((id) => this.#versions.has(id));
    for (const group of inIdGroups(present)) {
      const rows = await this.table
        .query()
        .where(isOneOf('documentId', group))
        .select(['chunkId', 'documentId'])
        .toArrow();
      await this.table.mergeInsert('chunkId').whenMatchedUpdateAll().execute(factsToArrow(rows, facts));
    }
    if (present.length > 0) await this.afterWrite();
  }

  /** Runs `work` in the library's queue, on the newest version of the table. After a failure the record is read anew. */
  write<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    return this.#queue.run(() => this.writeNow(what, work));
  }

  /** For whoever is already in the queue. */
  async writeNow<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    return await this.#guarded(what, async () => {
      await this.table.checkoutLatest();
      try {
        return await work();
      } catch (error) {
        await this.#readVersions().catch(() => {}); // The failure itself is what is to be reported.
        throw error;
      }
    });
  }

  /** For a reader: what another process has written since is read from now on. Returns whether there was anything. */
  refresh(): Promise<boolean> {
    return this.read('looking for changes', async () => {
      const before = await this.table.version();
      await this.table.checkoutLatest();
      if ((await this.table.version()) === before) return false;
      await this.#readVersions();
      await this.afterRefresh();
      return true;
    });
  }

  /** What is remembered of the rows is made anew. */
  protected async afterRefresh(): Promise<void> {}

  /** Reads every column of every row. Throws `library-corrupt` where that is not possible. */
  readAll(): Promise<void> {
    return this.read('reading everything', async () => {
      await this.table.checkoutLatest();
      for await (const batch of this.table.query()) void batch.numRows;
      await this.checkIndexes();
    });
  }

  /** Mends indexes that cannot be read. */
  protected abstract checkIndexes(): Promise<void>;

  /** Idempotent. Nothing may be under way in the queue. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.table.close();
  }

  protected async read<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    const reading = this.#guarded(what, work);
    this.#reads.add(reading);
    try {
      return await reading;
    } finally {
      this.#reads.delete(reading);
    }
  }

  /** Inside the queue; what is read from now on is of the newest version. */
  protected async removeOldVersions(report: MaintenanceReport): Promise<MaintenanceReport> {
    const total = { ...report };
    // Putting the last pieces in order leaves a version itself.
    for (let pass = 0; pass < mostPasses; pass++) {
      await Promise.allSettled(this.#reads);
      const { oldVersionsRemoved, bytesRemoved, isInOrder } = await removeOldVersions(
        this.table,
        this.upkeep,
      );
      total.oldVersionsRemoved += oldVersionsRemoved;
      total.bytesRemoved += bytesRemoved;
      if (isInOrder) break;
    }
    return total;
  }

  async #guarded<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw new AppError('conflict', `The search index ${this.name} is closed.`);
    try {
      return await work();
    } catch (error) {
      throw storeError(error, `${what} in ${this.name}`);
    }
  }

  async #readVersions(): Promise<void> {
    this.#versions = await readDocumentVersions(this.table);
    this.#rowCount = countRows(this.#versions);
  }
}

function countRows(versions: ReadonlyMap<string, DocumentVersion>): number {
  let rows = 0;
  for (const version of versions.values()) rows += version.rows;
  return rows;
}
