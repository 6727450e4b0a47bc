/**
 * What can be searched of one library: a LanceDB database, with one table of passages and a table of vectors for each encoder and adapter.
 * Everything in it can be made again from the documents, so a table that cannot be read is replaced by an empty one; what must not be lost is
 * not here. One process at a time writes to it, which its owner's lock or the storage's lease ensures.
 */
import { AppError } from '../common/app-error.ts';
import type { DocumentFacts, PassageRow } from './chunk-row.ts';
import { ChunkSet } from './chunk-set.ts';
import { LocalStorage } from './storage/local-storage.ts';
import type { TableStorage } from './storage/table-storage.ts';
import { storeError } from './store-error.ts';
import type { PassageTable } from './tables/passage-table.ts';
import { passagesName, StoreTables } from './tables/store-tables.ts';
import type { VectorTable } from './tables/vector-table.ts';
import { hasPresentRules, notePresentRules, termRulesName } from './words/term-rules.ts';
import { WriteQueue } from './write-queue.ts';

export type { ChunkSet } from './chunk-set.ts';

export class ChunkStore {
  readonly storage: TableStorage;
  readonly #queue: WriteQueue;
  readonly #tables: StoreTables;
  readonly #vectors = new Map<string, VectorTable>();
  readonly #opening = new Map<string, Promise<VectorTable>>();
  readonly #sets = new Map<string, ChunkSet>();
  #passages!: PassageTable;
  #hasPresentRules = true;

  private constructor(storage: TableStorage) {
    this.storage = storage;
    this.#queue = new WriteQueue(() => storage.beforeWrite());
    this.#tables = new StoreTables(storage, this.#queue);
  }

  /** `at` is a folder of this machine, made if it is missing, or a storage, which is closed with the store. */
  static async open(at: string | TableStorage): Promise<ChunkStore> {
    const storage = typeof at === 'string' ? await LocalStorage.open(at) : at;
    const store = new ChunkStore(storage);
    try {
      store.#passages = await store.#tables.openPassages();
      store.#hasPresentRules = await hasPresentRules(storage.note(termRulesName));
      // What is written from now on follows the present rules.
      const isNew = store.#passages.rowCount === 0 && !store.#hasPresentRules;
      if (isNew && !storage.isReadOnly) await store.noteTerms();
      return store;
    } catch (error) {
      await storage.close();
      throw storeError(error, `opening ${storage.address}`);
    }
  }

  /** Where it is: a folder or a URI. */
  get directory(): string {
    return this.storage.address;
  }

  get passages(): PassageTable {
    return this.#passages;
  }

  /** Whether all terms of the passages were made by the present rules of words; `noteTerms` says so from then on. */
  get hasPresentTerms(): boolean {
    return this.#hasPresentRules;
  }

  async noteTerms(): Promise<void> {
    await notePresentRules(this.storage.note(termRulesName));
    this.#hasPresentRules = true;
  }

  /** What was found damaged and emptied since the last call, in words for a person. */
  takeRepairs(): string[] {
    return this.#tables.takeRepairs();
  }

  /**
   * Opens a table of vectors, or makes it if it is missing; the set shows it together with the passages. `dimension` 0 is the passages
   * alone. The same object is returned for the same id. Throws `conflict` for one that is open with another dimension.
   */
  async openSet(setId: string, dimension: number): Promise<ChunkSet> {
    checkName(setId);
    const known = this.#sets.get(setId);
    if (known?.dimension === dimension) return known;
    if (known) throw new AppError('conflict', `The vectors ${setId} have ${known.dimension} numbers each.`);
    if (dimension > 0) await this.#openVectors(setId, dimension);
    const passages = () => this.#passages;
    const vectors = () => this.#vectors.get(setId) ?? null;
    const set = new ChunkSet(setId, dimension, this, {
      get passages() {
        return passages();
      },
      get vectors() {
        return vectors();
      },
    });
    const opened = this.#sets.get(setId) ?? set;
    this.#sets.set(setId, opened);
    return opened;
  }

  /** The tables of vectors. */
  async listSets(): Promise<string[]> {
    return (await this.storage.list()).filter((name) => name !== passagesName);
  }

  /** Does nothing to a set that is not there. */
  async dropSet(setId: string): Promise<void> {
    checkName(setId);
    await this.write(async () => {
      this.#forget(setId);
      this.#sets.delete(setId);
      await this.#tables.drop(setId);
    });
  }

  /**
   * Puts passages in the place of whatever the documents had; vectors of the old ones go first, so that none ever stands beside text that
   * is not its own.
   */
  async replacePassages(
    batch: readonly { documentId: string; rows: readonly PassageRow[] }[],
  ): Promise<void> {
    if (batch.length === 0) return;
    await this.write(() => this.replaceNow(batch));
  }

  /** Inside `write`. */
  async replaceNow(batch: readonly { documentId: string; rows: readonly PassageRow[] }[]): Promise<void> {
    await this.#dropVectorsOf(batch.map(({ documentId }) => documentId));
    await this.#passages.writeNow('writing passages', () => this.#passages.replaceNow(batch));
  }

  async removeDocuments(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.write(async () => {
      await this.#dropVectorsOf(ids);
      const present = ids.filter((id) => this.#passages.versions.has(id));
      if (present.length === 0) return;
      const batch = present.map((documentId) => ({ documentId, rows: [] }));
      await this.#passages.writeNow('removing documents', () => this.#passages.replaceNow(batch));
    });
  }

  /** The one way in which what is known of a document changes while its text stays: in every table, those of encoders not in use included. */
  async updateDocumentFacts(facts: ReadonlyMap<string, DocumentFacts>): Promise<void> {
    if (facts.size === 0) return;
    await this.write(async () => {
      for (const table of [this.#passages, ...(await this.#everyVectorTable())]) {
        await table.writeNow('changing what is known of documents', () => table.writeFacts(facts));
      }
    });
  }

  /** Reads every table from end to end; says of each that cannot be read what is wrong with it, in words for a person. */
  async damages(): Promise<string[]> {
    return await this.write(async () => {
      const found: string[] = [];
      for (const id of [passagesName, ...(await this.listSets())]) {
        try {
          const table = id === passagesName ? this.#passages : await this.#openVectors(id, null);
          await table.readAll();
        } catch (error) {
          found.push(storeError(error, `reading ${id}`).message);
        }
      }
      return found;
    });
  }

  /** By table of vectors, the documents whose vectors there are not those of their passages; tables without such are left out. */
  async staleVectors(): Promise<Map<string, string[]>> {
    return await this.write(async () => {
      const { versions } = this.#passages;
      const stale = (await this.#everyVectorTable()).map((table): [string, string[]] => [
        table.name,
        [...table.versions].flatMap(([id, { contentHash, rows }]) => {
          const passages = versions.get(id);
          return passages?.contentHash === contentHash && passages.rows === rows ? [] : [id];
        }),
      ]);
      return new Map(stale.filter(([, ids]) => ids.length > 0));
    });
  }

  /** Removes these documents' vectors from one table; their passages stay. */
  async removeVectors(setId: string, documentIds: readonly string[]): Promise<void> {
    await this.write(async () => {
      const table = await this.#openVectors(setId, null);
      await table.writeNow('removing vectors', () => table.replaceNow(documentIds, []));
    });
  }

  /** Reads every table from end to end, and replaces by an empty one what cannot be read. */
  async check(): Promise<void> {
    await this.write(async () => {
      await this.#passages.readAll().catch(async (error: unknown) => {
        this.#passages.close();
        await this.#tables.replaceDamaged(passagesName, error);
        this.#passages = await this.#tables.openPassages();
      });
      for (const table of await this.#everyVectorTable()) {
        await table.readAll().catch(async (error: unknown) => {
          this.#forget(table.name);
          await this.#tables.replaceDamaged(table.name, error);
          await this.#openVectors(table.name, table.dimension);
        });
      }
    });
  }

  /** For a reader: what was written elsewhere since is seen from now on. Returns whether there was anything. */
  async refresh(): Promise<boolean> {
    const vectors = Array.from(this.#vectors.values(), (table) => this.#refreshVectors(table));
    return (await Promise.all([this.#passages.refresh(), ...vectors])).includes(true);
  }

  async #refreshVectors(table: VectorTable): Promise<boolean> {
    try {
      return await table.refresh();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'library-corrupt') throw error;
      // The writer has dropped it: another set is in use there. Not closed, since a search may be reading it.
      this.#vectors.delete(table.name);
      this.#sets.delete(table.name);
      return true;
    }
  }

  /** Runs `work` while nothing else writes to the library. */
  write<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#queue.run(work);
  }

  /** Idempotent; waits for writes that are under way. */
  async close(): Promise<void> {
    await this.#queue.idle();
    for (const table of this.#vectors.values()) table.close();
    this.#vectors.clear();
    this.#passages.close();
    await this.storage.close();
  }

  async #dropVectorsOf(ids: readonly string[]): Promise<void> {
    for (const table of await this.#everyVectorTable()) {
      if (ids.some((id) => table.versions.has(id)))
        await table.writeNow('removing vectors', () => table.replaceNow(ids, []));
    }
  }

  async #everyVectorTable(): Promise<VectorTable[]> {
    const tables: VectorTable[] = [];
    for (const id of await this.listSets()) {
      try {
        tables.push(await this.#openVectors(id, null));
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'library-corrupt') throw error;
        await this.#tables.replaceDamaged(id, error);
      }
    }
    return tables;
  }

  #forget(setId: string): void {
    this.#vectors.get(setId)?.close();
    this.#vectors.delete(setId);
  }

  /** `dimension` null takes the table as it is. */
  async #openVectors(setId: string, dimension: number | null): Promise<VectorTable> {
    const known = this.#vectors.get(setId) ?? this.#opening.get(setId);
    if (known) return await known;
    const opening = this.#tables.openVectors(setId, dimension);
    this.#opening.set(setId, opening);
    try {
      const table = await opening;
      this.#vectors.set(setId, table);
      return table;
    } finally {
      this.#opening.delete(setId);
    }
  }
}

function checkName(setId: string): void {
  if (!/^[\w.-]{1,200}$/.test(setId) || /^[._]/.test(setId) || setId === passagesName) {
    throw new AppError('bad-request', `“${setId}” cannot name a vector set.`);
  }
}
