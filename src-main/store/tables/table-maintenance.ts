/**
 * Keeps a table quick: rows enter the indexes, small files are joined, versions nobody reads are removed. Runs inside the
 * library's write queue only. It never changes what a search may find, only how fast.
 */
import { Index, type Table } from '@lancedb/lancedb';
import { isOneOf } from '../sql.ts';
import type { Upkeep } from '../storage/table-storage.ts';

export const idIndexName = 'chunkId_idx';

type OldVersions = { oldVersionsRemoved: number; bytesRemoved: number };

export type MaintenanceReport = OldVersions & {
  /** False where nothing had to be done. */
  ran: boolean;
  seconds: number;
};

/** Rows outside the word index are scanned at some .05 ms each by every query. */
const minStaleRows = 1000;
const staleFraction = 0.02;
const maxSmallFiles = 64;
const minRestFactor = 15;
/** Searches of this process that still read an older version have ended by then. */
const oldVersionMs = 60_000;
/** Those of other machines as well: they look for a new version far more often, and begin anew where they find an old one gone. */
const sharedVersionMs = 3_600_000;
/** Below, a scan finds a passage by its id as quickly. */
const minIdIndexRows = 5000;

/** What a search found in one table is read from another by `chunkId`: 5–10 ms for 150 of 100 000 rows. */
export async function ensureIdIndex(table: Table): Promise<void> {
  if ((await table.countRows()) < minIdIndexRows) return;
  const indexes = await table.listIndices();
  if (indexes.some((index) => index.name === idIndexName)) return;
  await table.createIndex('chunkId', { config: Index.btree() });
}

/** Builds the index of ids anew where it cannot be read. */
export async function checkIdIndex(table: Table): Promise<void> {
  await ensureIdIndex(table);
  try {
    await table
      .query()
      .where(isOneOf('chunkId', ['x']))
      .select(['chunkId'])
      .toArrow();
  } catch {
    // Whatever it is, search does without the index; damage to the rows shows when a new one is built.
    await table.dropIndex(idIndexName);
    await ensureIdIndex(table);
  }
}

/**
 * The light half of maintenance, after writes: without it a long indexing run would slow every search down. Refreshing costs
 * more the larger the table is, so it takes at most a small part of the time, however fast rows come.
 */
export class IndexRefresher {
  readonly #indexName: string;
  #lastEndMs = 0;
  #lastDurationMs = 0;
  #leavesOldFiles = false;

  constructor(indexName: string) {
    this.#indexName = indexName;
  }

  /** Whether joining files has left those that were joined since this was last asked. */
  takeLeavesOldFiles(): boolean {
    const leaves = this.#leavesOldFiles;
    this.#leavesOldFiles = false;
    return leaves;
  }

  /** What was written is there whatever becomes of this, so that no failure of it is one of the write; maintenance proper reports it. */
  async refreshWhenStale(table: Table, upkeep: Upkeep): Promise<void> {
    const startMs = performance.now();
    if (startMs - this.#lastEndMs < this.#lastDurationMs * minRestFactor) return;
    try {
      await ensureIdIndex(table);
      if (!(await isStale(table, this.#indexName)) && !(await isFragmented(table))) return;
      await optimizeTable(table, upkeep);
      this.#leavesOldFiles = true;
    } catch {
      // The next write, or the end of the run, tries again.
    }
    this.#lastEndMs = performance.now();
    this.#lastDurationMs = this.#lastEndMs - startMs;
  }
}

export async function maintainTable(
  table: Table,
  indexName: string,
  force: boolean,
  upkeep: Upkeep,
): Promise<MaintenanceReport> {
  const startedAtMs = performance.now();
  await ensureIdIndex(table);
  const isDue = force || (await isStale(table, indexName)) || (await isFragmented(table));
  const prune = isDue
    ? (await optimizeTable(table, upkeep)).prune
    : { oldVersionsRemoved: 0, bytesRemoved: 0 };
  return {
    ran: isDue,
    seconds: (performance.now() - startedAtMs) / 1000,
    oldVersionsRemoved: prune.oldVersionsRemoved,
    bytesRemoved: prune.bytesRemoved,
  };
}

/**
 * Removes all but the newest version, whose files are several times as many as are needed when much was just written. Every search that began
 * on an older one must have ended; of a shared table those of the last hour stay.
 */
export async function removeOldVersions(
  table: Table,
  upkeep: Upkeep,
): Promise<OldVersions & { isInOrder: boolean }> {
  const { compaction, prune } = await optimizeTable(table, upkeep, 0);
  const { oldVersionsRemoved, bytesRemoved } = prune;
  return {
    oldVersionsRemoved,
    bytesRemoved,
    isInOrder: oldVersionsRemoved === 0 && compaction.filesAdded === 0,
  };
}

/**
 * Of a table that one process has to itself, the queue guarantees that no write is under way, so that files no version names are left over from
 * a kill. Elsewhere they may be of a writer that has lost its lease and does not know it: they stay until LanceDB takes them to be old.
 */
export const optimizeTable = (table: Table, { isShared }: Upkeep, keptMs = oldVersionMs) =>
  table.optimize(
    isShared
      ? { cleanupOlderThan: new Date(Date.now() - sharedVersionMs) }
      : { cleanupOlderThan: new Date(Date.now() - keptMs), deleteUnverified: true },
  );

async function isStale(table: Table, indexName: string): Promise<boolean> {
  const indexes = await table.listIndices();
  const staleRows = indexes.find((index) => index.name === indexName)?.numUnindexedRows ?? 0;
  if (staleRows < minStaleRows) return false;
  return staleRows > (await table.countRows()) * staleFraction;
}

async function isFragmented(table: Table): Promise<boolean> {
  const stats = await table.stats();
  return stats.fragmentStats.numSmallFragments > maxSmallFiles;
}
