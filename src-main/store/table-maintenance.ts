/**
 * Keeps a table quick: rows enter the indexes, small files are joined, versions nobody reads are removed. Runs inside the
 * table's write queue only. It never changes what a search may find, only how fast.
 */
import { Index, type Table } from '@lancedb/lancedb';
import { maintainVectorIndex, type VectorIndexMaintenance, type VectorIndexState } from './vector-index.ts';

export type MaintenanceReport = {
  /** False where nothing had to be done. */
  ran: boolean;
  seconds: number;
  oldVersionsRemoved: number;
  bytesRemoved: number;
  vectorIndex: VectorIndexState | null;
};

export type MaintenanceOptions = VectorIndexMaintenance & {
  force: boolean;
  /** Word statistics still count rows that were replaced; building the index anew forgets them. */
  rebuildWords: boolean;
};

const wordIndexName = 'words_idx';
/** Rows outside the word index are scanned at some .05 ms each by every query. */
const minStaleRows = 1000;
const staleFraction = 0.02;
const maxSmallFiles = 64;
const minRestFactor = 15;
/** Searches of this process that still read an older version have ended by then. */
const oldVersionMs = 60_000;

/** Without positions: with them, merging the index of rows that were replaced can fail. Phrases are checked on the text. */
export async function ensureWordIndex(table: Table): Promise<void> {
  const indexes = await table.listIndices();
  if (!indexes.some((index) => index.name === wordIndexName)) await buildWordIndex(table);
}

async function buildWordIndex(table: Table): Promise<void> {
  await table.createIndex('words', {
    replace: true,
    config: Index.fts({
      withPosition: false,
      baseTokenizer: 'simple',
      language: 'English',
      lowercase: true,
      stem: true,
      removeStopWords: true,
      asciiFolding: true,
    }),
  });
}

/**
 * The light half of maintenance, after writes: without it a long indexing run would slow every search down. Refreshing costs
 * more the larger the table is, so it takes at most a small part of the time, however fast rows come.
 */
export class IndexRefresher {
  #lastEndMs = 0;
  #lastDurationMs = 0;

  async refreshWhenStale(table: Table): Promise<void> {
    const startMs = performance.now();
    if (startMs - this.#lastEndMs < this.#lastDurationMs * minRestFactor) return;
    if (!(await isStale(table))) return;
    await optimize(table);
    this.#lastEndMs = performance.now();
    this.#lastDurationMs = this.#lastEndMs - startMs;
  }
}

export async function maintainTable(table: Table, options: MaintenanceOptions): Promise<MaintenanceReport> {
  const startedAtMs = performance.now();
  await ensureWordIndex(table);
  const isDue = options.force || (await isStale(table)) || (await isFragmented(table));
  const prune = isDue ? (await optimize(table)).prune : { oldVersionsRemoved: 0, bytesRemoved: 0 };
  if (options.rebuildWords) await buildWordIndex(table);
  const vectorIndex = await maintainVectorIndex(table, options);
  return {
    ran: isDue,
    seconds: (performance.now() - startedAtMs) / 1000,
    oldVersionsRemoved: prune.oldVersionsRemoved,
    bytesRemoved: prune.bytesRemoved,
    vectorIndex,
  };
}

/** The queue guarantees that no write is under way, so that files no version names are left over from a kill. */
const optimize = (table: Table) =>
  table.optimize({ cleanupOlderThan: new Date(Date.now() - oldVersionMs), deleteUnverified: true });

async function isStale(table: Table): Promise<boolean> {
  const indexes = await table.listIndices();
  const staleRows = indexes.find((index) => index.name === wordIndexName)?.numUnindexedRows ?? 0;
  if (staleRows < minStaleRows) return false;
  return staleRows > (await table.countRows()) * staleFraction;
}

async function isFragmented(table: Table): Promise<boolean> {
  const stats = await table.stats();
  return stats.fragmentStats.numSmallFragments > maxSmallFiles;
}
