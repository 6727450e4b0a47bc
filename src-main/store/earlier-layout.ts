/**
 * A library as the product kept it before passages had a table of their own: each set a table with both the passages and their vectors.
 * It answers as it is while its rows are copied, document by document, into the present layout. Killed at any line, copying goes on from the documents
 * that are there; once they all are, the folder is removed.
 */
import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { type Connection, connect, type Table } from '@lancedb/lancedb';
import { AppError } from '../common/app-error.ts';
import { detectLanguage } from '../words/language/detect-language.ts';
import type { PassageRow } from './chunk-row.ts';
import { ChunkSet, type SetStore } from './chunk-set.ts';
import type { ChunkStore } from './chunk-store.ts';
import { quoteIdentifier } from './sql.ts';
import { alone, type OpenedFor, type StoreNote } from './storage/table-storage.ts';
import { PassageTable } from './tables/passage-table.ts';
import { groupsToRead } from './tables/read-documents.ts';
import { VectorTable } from './tables/vector-table.ts';
import { termColumn } from './words/word-index.ts';
import { WriteQueue } from './write-queue.ts';

type EarlierSet = { id: string; dimension: number };
type EarlierTables = EarlierSet & { passages: PassageTable; vectors: VectorTable | null };

export type CopyOptions = {
  /** Documents that the library knows; others are left behind. */
  isKnown: (documentId: string) => boolean;
  /** Called between documents; what it throws ends the copying, which may begin again. */
  onProgress: (done: number, total: number) => Promise<void>;
};

export class EarlierLayout {
  readonly #directory: string;
  readonly #connection: Connection;
  readonly #sets: EarlierTables[];

  private constructor(directory: string, connection: Connection, sets: EarlierTables[]) {
    this.#directory = directory;
    this.#connection = connection;
    this.#sets = sets;
  }

  /** `sets` as the manifest lists them, the one in use first. Null where nothing of it can be read: it is then removed. */
  static async open(directory: string, sets: readonly EarlierSet[]): Promise<EarlierLayout | null> {
    await rm(removedName(directory), { recursive: true, force: true });
    if (!existsSync(directory)) return null;
    const connection = await connect(directory);
    const names = new Set((await readdir(directory)).map((name) => name.replace(/\.lance$/, '')));
    const tables: EarlierTables[] = [];
    for (const set of sets) {
      if (names.has(set.id)) tables.push(...(await openTables(connection, set)));
    }
    const layout = new EarlierLayout(directory, connection, tables);
    if (tables.length > 0) return layout;
    await layout.remove();
    return null;
  }

  /** The set in use, if it can be read, for searching only. */
  searchable(setId: string): ChunkSet | null {
    const tables = this.#sets.find((set) => set.id === setId);
    return tables ? new ChunkSet(tables.id, tables.dimension, readOnly, tables) : null;
  }

  async copyInto(store: ChunkStore, { isKnown, onProgress }: CopyOptions): Promise<void> {
    const [source] = this.#sets;
    if (!source) return;
    const known = [...source.passages.versions.keys()].filter(isKnown);
    const embedded = this.#sets.flatMap(({ vectors }) => (vectors ? [vectors] : []));
    const total = known.length * (1 + embedded.length);
    let done = 0;
    const advance = async (count: number) => {
      done += count;
      await onProgress(done, total);
    };
    const isSame = (table: PassageTable | VectorTable, id: string) => {
      const there = store.passages.versions.get(id);
      const here = table.versions.get(id);
      return there?.contentHash === here?.contentHash && there?.rows === here?.rows;
    };
    const missing = known.filter((id) => !isSame(source.passages, id));
    await advance(known.length - missing.length);
    for (const ids of groupsToRead(source.passages.versions, { documentIds: missing })) {
      const rows = Map.groupBy(await source.passages.readDocuments(ids), (row) => row.documentId);
      await store.replacePassages(
        Array.from(rows, ([documentId, list]) => ({ documentId, rows: list.map(withLanguage) })),
      );
      await advance(ids.length);
    }
    for (const vectors of embedded) {
      const target = await store.openSet(vectors.name, vectors.dimension);
      const wanted = target.documentsToEmbed().filter((id) => isSame(vectors, id));
      await advance(known.length - wanted.length);
      for (const ids of groupsToRead(vectors.versions, { documentIds: wanted })) {
        const hashes = ids.map((id) => [id, vectors.versions.get(id)?.contentHash ?? ''] as const);
        await target.addVectors(new Map(hashes), await vectors.vectorsOfDocuments(ids));
        await advance(ids.length);
      }
    }
  }

  /** The folder is moved aside first, so that a kill leaves all of it or nothing. */
  async remove(): Promise<void> {
    this.close();
    await rename(this.#directory, removedName(this.#directory));
    await rm(removedName(this.#directory), { recursive: true, force: true });
  }

  close(): void {
    for (const { passages, vectors } of this.#sets) {
      passages.close();
      vectors?.close();
    }
    this.#connection.close();
  }
}

const removedName = (directory: string): string => `${directory}.removed`;

/** None where the table is damaged: its rows are then made again from the documents. */
async function openTables(connection: Connection, { id, dimension }: EarlierSet): Promise<EarlierTables[]> {
  const queue = new WriteQueue();
  try {
    const opened = await connection.openTable(id);
    await addTermColumns(opened);
    const passages = await PassageTable.open(id, opened, queue);
    if (dimension === 0) return [{ id, dimension, passages, vectors: null }];
    const table = await connection.openTable(id);
    return [
      {
        id,
        dimension,
        passages,
        vectors: await VectorTable.open(id, table, queue, dimension, noNote, asItIs),
      },
    ];
  } catch {
    return [];
  }
}

/** Plain words are enough to search by until the passages have been copied, and with that analysed. */
async function addTermColumns(table: Table): Promise<void> {
  const { fields } = await table.schema();
  if (fields.some(({ name }) => name === termColumn)) return;
  const words = quoteIdentifier('words');
  await table.addColumns([
    { name: termColumn, valueSql: `regexp_replace(lower(${words}), '[^\\pL\\pN]+', ' ', 'g')` },
    { name: 'language', valueSql: 'CAST(NULL AS STRING)' },
  ]);
}

const withLanguage = (row: PassageRow): PassageRow => ({ ...row, language: detectLanguage(row.text) });

/** Its tables get no columns that later versions added. */
const asItIs: OpenedFor = { ...alone, isReadOnly: true };

/** The earlier layout kept none. */
const noNote: StoreNote = {
  read: async () => undefined,
  write: async () => {},
  remove: async () => {},
};

const refuse = (): never => {
  throw new AppError('internal', 'A library of the earlier layout is only read.');
};
const readOnly: SetStore = {
  write: refuse,
  replaceNow: refuse,
  removeDocuments: refuse,
  updateDocumentFacts: refuse,
};
