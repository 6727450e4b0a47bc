/**
 * The vector sets of one library: which one answers, with which encoder, and how the pointer moves from one to another.
 * Every set is a table of the store and a row of the manifest; the row is the truth.
 */
import { join } from 'node:path';
import { AppError } from '../common/app-error.ts';
import type { VectorSet } from '../contract/libraries.ts';
import type { VectorSetTable } from '../library/manifest/vector-set-table.ts';
import type { TextEncoder } from '../llara/encode/text-encoder.ts';
import { QueryVectors } from '../search/query-vectors.ts';
import type { ChunkSet, ChunkStore } from '../store/chunk-store.ts';
import { approximateTokenCounts } from './approximate-token-counts.ts';
import type { EncoderPool } from './encoder-pool.ts';

/** The set of a library that has no encoder: its rows have no vectors. */
const wordsSet = {
  id: 'words',
  encoder: '',
  encoderName: 'words only',
  adapter: null,
  dimension: 0,
} as const;

export class LibraryVectors {
  readonly sets: VectorSetTable;
  readonly store: ChunkStore;
  readonly #directory: string;
  readonly #encoders: EncoderPool;
  #active: ChunkSet;
  #encoder: TextEncoder | null = null;
  #queryVectors: QueryVectors | null = null;
  #wordsOnlyReason: string | null = null;

  private constructor(
    sets: VectorSetTable,
    store: ChunkStore,
    directory: string,
    encoders: EncoderPool,
    active: ChunkSet,
  ) {
    this.sets = sets;
    this.store = store;
    this.#directory = directory;
    this.#encoders = encoders;
    this.#active = active;
  }

  static async open(
    sets: VectorSetTable,
    store: ChunkStore,
    directory: string,
    encoders: EncoderPool,
  ): Promise<LibraryVectors> {
    const active = sets.active() ?? (await makeFirstSet(sets, encoders));
    const opened = await store.openSet(active.id, active.dimension);
    const vectors = new LibraryVectors(sets, store, directory, encoders, opened);
    await vectors.#dropOrphans();
    await vectors.#useEncoderOf(active);
    return vectors;
  }

  get active(): ChunkSet {
    return this.#active;
  }

  /** The encoder of the active set, or null with `wordsOnlyReason` saying why. */
  get encoder(): TextEncoder | null {
    return this.#encoder;
  }

  /** Whether the active set's passages are embedded as the bare encoder embeds them. */
  get hasBareVectors(): boolean {
    return this.#encoder !== null && !this.#encoder.adaptsPassages;
  }

  /** Vectors of the last questions, made by `encoder`. */
  get queryVectors(): QueryVectors | null {
    return this.#queryVectors;
  }

  get wordsOnlyReason(): string | null {
    return this.#wordsOnlyReason;
  }

  readonly countTokens = (texts: readonly string[]): number[] =>
    this.#encoder ? this.#encoder.countTokens(texts) : approximateTokenCounts(texts);

  /** One vector per text, or null for a set of words only. Throws `model-missing` if the set needs an absent encoder. */
  async encodePassages(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[] | null> {
    if (this.#active.dimension === 0) return null;
    if (!this.#encoder) {
      throw new AppError('model-missing', this.#wordsOnlyReason ?? 'The encoder of this library is missing.');
    }
    return await this.#encoder.encode(texts, 'passage', { priority: 'background', signal });
  }

  /** Moves the pointer to a finished set. The one before stays until another switch replaces it. */
  async activate(set: VectorSet): Promise<void> {
    const opened = await this.store.openSet(set.id, set.dimension);
    const replaced = this.sets.list().filter((old) => old.state === 'previous' && old.id !== set.id);
    this.sets.activate(set.id);
    this.#active = opened;
    await this.#useEncoderOf(set);
    for (const old of replaced) await this.#drop(old.id);
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

  async #useEncoderOf(set: VectorSet): Promise<void> {
    this.#encoder = null;
    this.#queryVectors = null;
    this.#wordsOnlyReason = null;
    try {
      if (set.dimension === 0) {
        this.#wordsOnlyReason =
          this.#encoders.problem() ?? 'The vectors of this library are still to be made.';
        return;
      }
      this.#encoder = await this.#encoders.get(set.encoder, this.adapterPath(set.adapter));
      this.#queryVectors = new QueryVectors(this.#encoder);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#wordsOnlyReason = error.message;
    }
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

async function makeFirstSet(sets: VectorSetTable, encoders: EncoderPool): Promise<VectorSet> {
  const encoder = await encoders.getDefault();
  const set: VectorSet = encoder ? vectorSetOf(encoder, 'active') : { ...wordsSet, state: 'active' };
  sets.add(set);
  return set;
}

/** The set that an encoder's vectors belong to; its id names encoder and adapter. */
export function vectorSetOf(encoder: TextEncoder, state: VectorSet['state']): VectorSet {
  return {
    id: encoder.adapterId ? `${encoder.id}-${encoder.adapterId}` : encoder.id,
    encoder: encoder.id,
    encoderName: encoder.name,
    adapter: encoder.adapterId,
    dimension: encoder.dimension,
    state,
  };
}
