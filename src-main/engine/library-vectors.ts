/**
 * The passages of a library and the vector set that answers. The manifest says which set is active, the store
 * holds its rows; only this file changes which one it is.
 */
import { join } from 'node:path';
import { AppError } from '../common/app-error.ts';
import type { Library, VectorSet } from '../contract/libraries.ts';
import type { Tokens } from '../library/extraction/token-counter.ts';
import type { VectorSetTable } from '../library/manifest/vector-set-table.ts';
import type { TextEncoder } from '../llara/encode/text-encoder.ts';
import { readNeighbourWeight } from '../llara/neighbour-weight.ts';
import { QueryVectors } from '../search/query-vectors.ts';
import { type ChunkSet, ChunkStore } from '../store/chunk-store.ts';
import { type CopyOptions, EarlierLayout } from '../store/earlier-layout.ts';
import type { TableStorage } from '../store/storage/table-storage.ts';
import { approximateTokenCounts } from './approximate-token-counts.ts';
import type { EncoderPool } from './encoder-pool.ts';

/** The passages alone. */
const wordsSetId = 'words';

/** `neighbourWeight` is undefined where it was not learnt with an adapter; `wordsOnlyReason` says why there is no encoder. */
type UsedEncoder = {
  encoder: TextEncoder | null;
  neighbourWeight?: number | undefined;
  wordsOnlyReason: string | null;
};

export class LibraryVectors {
  readonly sets: VectorSetTable;
  readonly store: ChunkStore;
  readonly #directory: string;
  readonly #encoders: EncoderPool;
  #earlier: EarlierLayout | null;
  /** Of the earlier layout, while that answers. */
  #earlierSet: ChunkSet | null = null;
  readonly #readers = new Set<Promise<unknown>>();
  #set: ChunkSet;
  #encoder: TextEncoder | null = null;
  #neighbourWeight: number | undefined;
  #queryVectors: QueryVectors | null = null;
  #wordsOnlyReason: string | null = null;

  private constructor(
    sets: VectorSetTable,
    store: ChunkStore,
    directory: string,
    encoders: EncoderPool,
    earlier: EarlierLayout | null,
    set: ChunkSet,
  ) {
    this.sets = sets;
    this.store = store;
    this.#directory = directory;
    this.#encoders = encoders;
    this.#earlier = earlier;
    this.#set = set;
  }

  /** `storage` where the tables are elsewhere than in the library's own folder; it is closed with the vectors. */
  static async open(
    sets: VectorSetTable,
    directory: string,
    encoders: EncoderPool,
    storage: TableStorage | null = null,
  ): Promise<LibraryVectors> {
    const listed = sets.list().sort((a, b) => Number(b.state === 'active') - Number(a.state === 'active'));
    const earlier = await EarlierLayout.open(join(directory, 'vectors'), listed);
    if (!earlier) for (const { id, dimension } of listed) if (dimension === 0) sets.remove(id);
    const store = await ChunkStore.open(storage ?? join(directory, 'index'));
    const set = await store.openSet(wordsSetId, 0);
    const vectors = new LibraryVectors(sets, store, directory, encoders, earlier, set);
    if (storage?.isReadOnly) {
      await vectors.followActive();
      return vectors;
    }
    const [first] = listed;
    if (earlier && first) vectors.#earlierSet = earlier.searchable(first.id);
    else await vectors.#dropOrphans();
    const active = sets.active() ?? (await makeFirstSet(sets, encoders));
    if (active) await vectors.#use(active);
    else vectors.#wordsOnlyReason = encoders.problem() ?? 'The vectors of this library are still to be made.';
    return vectors;
  }

  get active(): ChunkSet {
    return this.#earlierSet ?? this.#set;
  }

  /** Reads from the active set as it is now; a change of layout waits for it. */
  async read<Result>(work: (set: ChunkSet) => Promise<Result>): Promise<Result> {
    const reading = work(this.active);
    this.#readers.add(reading);
    try {
      return await reading;
    } finally {
      this.#readers.delete(reading);
    }
  }

  /** The encoder of the active set, or null with `wordsOnlyReason` saying why. */
  get encoder(): TextEncoder | null {
    return this.#encoder;
  }

  /** Whether the active set's passages are embedded as the bare encoder embeds them. */
  get hasBareVectors(): boolean {
    return this.#encoder !== null && !this.#encoder.info.adaptsPassages;
  }

  /** How much neighbours count for in a search, learnt with the adapter in use; undefined without one. */
  get neighbourWeight(): number | undefined {
    return this.#neighbourWeight;
  }

  /** Vectors of the last questions, made by `encoder`. */
  get queryVectors(): QueryVectors | null {
    return this.#queryVectors;
  }

  get wordsOnlyReason(): string | null {
    return this.#wordsOnlyReason;
  }

  /** Whether the library is still kept as an earlier version of the product kept it. */
  get isOfEarlierLayout(): boolean {
    return this.#earlier !== null;
  }

  /** How long texts are to the encoder of the active set. */
  get tokens(): Tokens {
    const encoder = this.#encoder;
    if (!encoder) return { id: 'approximate', isByWord: false, count: approximateTokenCounts };
    const { id, countsByWord } = encoder.info;
    return { id, isByWord: countsByWord, count: (texts) => encoder.countTokens(texts) };
  }

  /** How far meaning is: how many of the passages can be found by their vectors. */
  meaning(): Library['meaning'] {
    const { active } = this;
    return { passages: active.passageTotal, embedded: this.#encoder ? active.embeddedCount : 0 };
  }

  /** Brings a library of the earlier layout into the present one, which then answers. */
  async migrate(options: CopyOptions): Promise<void> {
    if (!this.#earlier) return;
    await this.#earlier.copyInto(this.store, options);
    this.#earlierSet = null;
    for (const { id, dimension } of this.sets.list()) if (dimension === 0) this.sets.remove(id);
    // Searches that began on the earlier tables end there.
    await Promise.allSettled(this.#readers);
    await this.#earlier.remove();
    this.#earlier = null;
  }

  /**
   * Before the first vector is made, and only where nobody has chosen an encoder yet, the one that knows the library's languages takes the
   * place of the default. Returns its name where it is another than before.
   */
  async fitEncoder(): Promise<string | null> {
    const { active, encoder } = this;
    if (!encoder || active.embeddedCount > 0 || this.sets.list().length !== 1) return null;
    if ((await this.#encoders.getDefault())?.info.id !== encoder.info.id || encoder.info.adapterId)
      return null;
    const fitting = await this.#encoders.getFor(active.languageShares());
    if (!fitting || fitting.info.id === encoder.info.id) return null;
    const set = vectorSetOf(fitting, 'building');
    this.sets.add(set);
    await this.activate(set);
    await this.#drop(vectorSetOf(encoder, 'previous').id);
    return fitting.info.name;
  }

  /** Moves the pointer to a set. The one before stays until another switch replaces it. */
  async activate(set: VectorSet): Promise<void> {
    const replaced = this.sets.list().filter((old) => old.state === 'previous' && old.id !== set.id);
    this.sets.activate(set.id);
    await this.#use(set);
    for (const old of replaced) await this.#drop(old.id);
  }

  /** For a reader: asks the set that the writer's manifest says is active, once its vectors are there. */
  async followActive(): Promise<void> {
    const active = this.sets.active();
    if (active && active.id === this.#set.id && this.#set.isOpen && this.#encoder) return;
    try {
      if (active) return await this.#use(active);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'library-corrupt') throw error;
    }
    this.#set = await this.store.openSet(wordsSetId, 0);
    this.#useEncoder({
      encoder: null,
      wordsOnlyReason: 'The vectors of this library are still to be made, on the machine that writes it.',
    });
  }

  /** Gives up a set that was being built; the active one is untouched. */
  async abandon(id: string): Promise<void> {
    if (this.sets.find(id)?.state === 'building') await this.#drop(id);
  }

  /** Removes what an adapter's vectors occupy. Its set must not be the active one. */
  async dropAdapterSets(adapterId: string): Promise<void> {
    for (const set of this.sets.list()) {
      if (set.adapter === adapterId && set.state !== 'active') await this.#drop(set.id);
    }
  }

  adapterPath(adapterId: string | null): string | null {
    return adapterId === null ? null : join(this.#directory, 'adapters', `${adapterId}.gguf`);
  }

  async close(): Promise<void> {
    this.#earlier?.close();
    await this.store.close();
  }

  /** Searches go on with what was used before until all of the next is there. */
  async #use(set: VectorSet): Promise<void> {
    const opened = await this.store.openSet(set.dimension > 0 ? set.id : wordsSetId, set.dimension);
    const found = await this.#encoderOf(set);
    this.#set = opened;
    this.#useEncoder(found);
  }

  async #encoderOf({ dimension, encoder: id, adapter }: VectorSet): Promise<UsedEncoder> {
    try {
      if (dimension === 0) {
        return {
          encoder: null,
          wordsOnlyReason: this.#encoders.problem() ?? 'The vectors of this library are still to be made.',
        };
      }
      const adapterPath = this.adapterPath(adapter);
      const encoder = await this.#encoders.get(id, adapterPath);
      return { encoder, neighbourWeight: await readNeighbourWeight(adapterPath), wordsOnlyReason: null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { encoder: null, wordsOnlyReason: error.message };
    }
  }

  #useEncoder({ encoder, neighbourWeight, wordsOnlyReason }: UsedEncoder): void {
    this.#encoder = encoder;
    this.#neighbourWeight = neighbourWeight;
    this.#queryVectors = encoder && new QueryVectors(encoder);
    this.#wordsOnlyReason = wordsOnlyReason;
  }

  /** Tables that no row of the manifest names: left by a kill in mid-switch. */
  async #dropOrphans(): Promise<void> {
    const known = new Set(this.sets.list().map((set) => set.id));
    for (const id of await this.store.listSets()) {
      if (!known.has(id)) await this.store.dropSet(id);
    }
  }

  /** Row first, table second: a kill in between leaves an orphan table, which the next start drops. */
  async #drop(id: string): Promise<void> {
    this.sets.remove(id);
    await this.store.dropSet(id);
  }
}

/** Undefined where there is no encoder: the passages alone answer then. */
async function makeFirstSet(sets: VectorSetTable, encoders: EncoderPool): Promise<VectorSet | undefined> {
  const encoder = await encoders.getDefault();
  if (!encoder) return undefined;
  const set = vectorSetOf(encoder, 'active');
  sets.add(set);
  return set;
}

/** The set that an encoder's vectors belong to; its id names encoder and adapter. */
export function vectorSetOf({ info, dimension }: TextEncoder, state: VectorSet['state']): VectorSet {
  const { id, name, adapterId } = info;
  return {
    id: adapterId ? `${id}-${adapterId}` : id,
    encoder: id,
    encoderName: name,
    adapter: adapterId,
    dimension,
    state,
  };
}
