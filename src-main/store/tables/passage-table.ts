/**
 * The passages of a library, whatever encoder it uses: text, place, facts of the document, and the index of words. Vectors are
 * elsewhere, by the same `chunkId`.
 */
import type { Table } from '@lancedb/lancedb';
import { AppError } from '../../common/app-error.ts';
import type { DocumentFacts, FoundPassage, PassageRow } from '../chunk-row.ts';
import { type FoundChunk, findByWords, findMatching, type WordQueryOptions } from '../find-chunks.ts';
import { isOneOf, quoteIdentifier } from '../sql.ts';
import { alone, type OpenedFor, type Upkeep } from '../storage/table-storage.ts';
import { type TermStatistics, TermStatisticsCache } from '../words/term-statistics.ts';
import {
  checkWordIndex,
  countUnindexed,
  rebuildWordIndex,
  termColumn,
  wordIndexName,
} from '../words/word-index.ts';
import type { WriteQueue } from '../write-queue.ts';
import {
  arrowToPassages,
  arrowToRows,
  passageColumns,
  passagesToArrow,
  rowColumns,
  termsToArrow,
} from './passage-columns.ts';
import { type DocumentVersion, inIdGroups, readDocumentVersions } from './read-documents.ts';
import { StoreTable } from './store-table.ts';
import { checkIdIndex, IndexRefresher, type MaintenanceReport, maintainTable } from './table-maintenance.ts';

export class PassageTable extends StoreTable {
  readonly #refresher = new IndexRefresher(wordIndexName);
  readonly #terms: TermStatisticsCache;
  #languages: Map<string, number>;
  #changedDocuments: number;

  private constructor(
    name: string,
    table: Table,
    queue: WriteQueue,
    versions: Map<string, DocumentVersion>,
    languages: Map<string, number>,
    changedDocuments: number,
    upkeep: Upkeep,
  ) {
    super(name, table, queue, versions, upkeep);
    this.#terms = new TermStatisticsCache(table);
    this.#languages = languages;
    this.#changedDocuments = changedDocuments;
  }

  /** Reads what is there once, so that damage shows now and not in some later search. Called by ChunkStore alone. */
  static async open(
    name: string,
    table: Table,
    queue: WriteQueue,
    { isReadOnly, upkeep }: OpenedFor = alone,
  ): Promise<PassageTable> {
    const versions = await readDocumentVersions(table);
    if (!isReadOnly) {
      await checkWordIndex(table);
      await checkIdIndex(table);
    }
    const changed = await countUnindexed(table);
    return new PassageTable(name, table, queue, versions, await countLanguages(table), changed, upkeep);
  }

  /** Inside the queue. */
  async replaceNow(batch: readonly { documentId: string; rows: readonly PassageRow[] }[]): Promise<void> {
    const stray = batch.find(({ documentId, rows }) => rows.some((row) => row.documentId !== documentId));
    if (stray)
      throw new AppError('bad-request', `Rows of another document were given for ${stray.documentId}.`);
    const rows = batch.flatMap((document) => document.rows);
    const arrow = rows.length > 0 ? passagesToArrow(rows) : null;
    this.#changedDocuments += batch.filter(
      (document) => document.rows.length > 0 || this.versions.has(document.documentId),
    ).length;
    const ids = batch.map(({ documentId }) => documentId);
    await this.replaceRows(ids, rows, arrow);
    for (const { language } of rows) {
      if (language) this.#languages.set(language, (this.#languages.get(language) ?? 0) + 1);
    }
  }

  /** Of these documents, in their order, each document's rows in its own. */
  readDocuments(documentIds: readonly string[]): Promise<PassageRow[]> {
    return this.read('reading passages', async () => {
      const rows: PassageRow[] = [];
      for (const group of inIdGroups(documentIds)) {
        const query = this.table.query().where(isOneOf('documentId', group)).select(rowColumns);
        for await (const batch of query) rows.push(...arrowToRows(batch));
      }
      const order = new Map(documentIds.map((id, index) => [id, index]));
      return rows.sort(
        (a, b) => order.get(a.documentId)! - order.get(b.documentId)! || a.ordinal - b.ordinal,
      );
    });
  }

  /** Makes the terms of these documents anew from what their passages say. */
  renewTerms(documentIds: readonly string[]): Promise<void> {
    return this.write('renewing the words', async () => {
      const rows = await this.readDocuments(documentIds.filter((id) => this.versions.has(id)));
      if (rows.length === 0) return;
      await this.table.mergeInsert('chunkId').whenMatchedUpdateAll().execute(termsToArrow(rows));
      await this.afterWrite();
    });
  }

  /** What the rows of vectors of these documents repeat of their passages. */
  readKeys(documentIds: readonly string[]): Promise<PassageKey[]> {
    return this.read('reading passages', async () => {
      const keys: PassageKey[] = [];
      for (const group of inIdGroups(documentIds)) {
        const query = this.table
          .query()
          .where(isOneOf('documentId', group))
          .select([...keyColumns]);
        for await (const batch of query) {
          for (let row = 0; row < batch.numRows; row++) {
            keys.push(
              Object.fromEntries(
                keyColumns.map((name) => [name, batch.getChild(name)!.get(row)]),
              ) as PassageKey,
            );
          }
        }
      }
      return keys;
    });
  }

  /** Passages that hold any of the words, best first, by BM25. Rows not yet in the index are found too. */
  findByWords(options: WordQueryOptions): Promise<FoundChunk[]> {
    return this.read('searching words', () => findByWords(this.table, options));
  }

  /** Passages that meet a condition, in no order; the score is 0. */
  findMatching(where: string, limit: number): Promise<FoundChunk[]> {
    return this.read('filtering', () => findMatching(this.table, where, limit));
  }

  /** The first passage of each of these documents that meets the condition, by document. */
  async findFirst(documentIds: readonly string[], where: string | null): Promise<Map<string, FoundChunk>> {
    const first = new Map<string, FoundChunk>();
    for (const group of inIdGroups(documentIds)) {
      const conditions = [isOneOf('documentId', group), `${quoteIdentifier('ordinal')} = 0`, where];
      const condition = conditions
        .filter(Boolean)
        .map((part) => `(${part})`)
        .join(' AND ');
      for (const found of await this.findMatching(condition, group.length))
        first.set(found.documentId, found);
    }
    return first;
  }

  /** The most recently changed documents' first passages, for a search that only narrows. */
  findRecent(where: string, limit: number): Promise<PassageRow[]> {
    return this.read('listing recent documents', async () => {
      const rows = await this.table
        .query()
        .where(`(${where}) AND ${quoteIdentifier('ordinal')} = 0`)
        .orderBy({ columnName: 'modifiedAt', ascending: false })
        .limit(limit)
        .select(rowColumns)
        .toArrow();
      return rows.batches.flatMap((batch) => arrowToRows(batch));
    });
  }

  /** By id; those deleted meanwhile are left out. */
  readFound(chunkIds: readonly string[]): Promise<Map<string, FoundPassage>> {
    return this.read('reading passages', async () => {
      const passages = new Map<string, FoundPassage>();
      for (const group of inIdGroups(chunkIds)) {
        const query = this.table.query().where(isOneOf('chunkId', group)).select(passageColumns);
        for await (const batch of query) {
          for (const passage of arrowToPassages(batch)) passages.set(passage.chunkId, passage);
        }
      }
      return passages;
    });
  }

  /** Headings and text of each, and their terms, by id. */
  wordsOf(chunkIds: readonly string[]): Promise<Map<string, { words: string; terms: string }>> {
    return this.read('reading passages', async () => {
      const found = new Map<string, { words: string; terms: string }>();
      for (const group of inIdGroups(chunkIds)) {
        const query = this.table
          .query()
          .where(isOneOf('chunkId', group))
          .select(['chunkId', 'words', termColumn]);
        for await (const batch of query) {
          for (let row = 0; row < batch.numRows; row++) {
            found.set(batch.getChild('chunkId')!.get(row), {
              words: batch.getChild('words')!.get(row),
              terms: batch.getChild(termColumn)!.get(row),
            });
          }
        }
      }
      return found;
    });
  }

  /** Languages of the passages, the most frequent first; passages that went away since the table was opened count as well. */
  get languages(): string[] {
    return [...this.#languages].sort((a, b) => b[1] - a[1]).map(([language]) => language);
  }

  languageShares(): Map<string, number> {
    let total = 0;
    for (const count of this.#languages.values()) total += count;
    return new Map(Array.from(this.#languages, ([language, count]) => [language, count / total]));
  }

  /** Documents whose passages have changed since the word index was built; of before the table was opened, some at least where there are any. */
  get changedDocuments(): number {
    return this.#changedDocuments;
  }

  statisticsOf(term: string): Promise<TermStatistics> {
    return this.read('weighing words', () => this.#terms.of(term));
  }

  /** `rebuildWords` makes word scores depend on nothing but the rows. */
  maintain({ force = false, rebuildWords = false }): Promise<MaintenanceReport> {
    return this.write('maintaining the index', async () => {
      const report = await maintainTable(this.table, wordIndexName, force, this.upkeep);
      if (rebuildWords) {
        await rebuildWordIndex(this.table);
        this.#changedDocuments = 0;
      }
      this.#terms.written(0);
      const leavesOldFiles = this.#refresher.takeLeavesOldFiles() || report.ran || rebuildWords;
      return leavesOldFiles ? await this.removeOldVersions(report) : report;
    });
  }

  protected override async checkIndexes(): Promise<void> {
    await checkWordIndex(this.table);
    await checkIdIndex(this.table);
  }

  protected override async afterRefresh(): Promise<void> {
    this.#languages = await countLanguages(this.table);
    this.#terms.written(0);
  }

  protected override async afterWrite(): Promise<void> {
    await this.#refresher.refreshWhenStale(this.table, this.upkeep);
    this.#terms.written(this.rowCount);
  }
}

const keyColumns = ['chunkId', 'documentId', 'contentHash', 'path', 'kind', 'modifiedAt'] as const;
export type PassageKey = DocumentFacts & Pick<PassageRow, 'chunkId' | 'documentId' | 'contentHash'>;

async function countLanguages(table: Table): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const batch of table.query().select(['language'])) {
    const languages = batch.getChild('language')!;
    for (let row = 0; row < batch.numRows; row++) {
      const language = languages.get(row);
      if (language) counts.set(language, (counts.get(language) ?? 0) + 1);
    }
  }
  return counts;
}
