/**
 * What a library has more than others when its store is at an address that several machines reach. The one that writes publishes its manifest
 * beside the tables; one that reads takes over what was published, and looks again when what it has is some seconds old.
 */

import { hostname } from 'node:os';
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../common/app-error.ts';
import type { SharedPlace } from '../../contract/libraries.ts';
import type { DocumentTable } from '../../library/manifest/document-table.ts';
import { VectorSetTable } from '../../library/manifest/vector-set-table.ts';
import type { ChunkStore } from '../../store/chunk-store.ts';
import { SharedStorage } from '../../store/storage/shared-storage.ts';
import type { LeaseTimes } from '../../store/storage/writer-lease.ts';
import { productVersion } from '../product-version.ts';
import { type LibraryPlace, writePlace } from './library-place.ts';
import { ManifestExchange } from './manifest-exchange.ts';
import { aboutKey, type PublishedAbout, publishedFormat, readAbout } from './published-about.ts';
import { PublishedFiles } from './published-files.ts';

export type SharingTimes = {
  /** After this a reader looks for changes before it answers. */
  refreshMs: number;
  /** So long a change waits for others before it is published. */
  publishMs: number;
  /** A store that does not answer holds a start up for no longer than this. */
  openingMs: number;
  lease?: LeaseTimes;
};

export const sharingTimes: SharingTimes = { refreshMs: 10_000, publishMs: 2000, openingMs: 15_000 };

/** Publishing looks at every row of the manifest: it takes at most a small part of the time, however large that is. */
const minRestFactor = 10;
const retryMs = 30_000;

type SharedParts = {
  name: string;
  directory: string;
  place: LibraryPlace;
  database: DatabaseSync;
  documents: DocumentTable;
  times?: SharingTimes;
};

export class SharedLibrary {
  readonly storage: SharedStorage;
  readonly isReadOnly: boolean;
  readonly #name: string;
  readonly #place: LibraryPlace;
  readonly #database: DatabaseSync;
  readonly #exchange: ManifestExchange;
  readonly #files: PublishedFiles;
  readonly #sets: VectorSetTable;
  readonly #times: SharingTimes;
  #about: PublishedAbout | null;
  #store: ChunkStore | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isUnpublished = true;
  #isClosing = false;
  #lastPublishMs = 0;
  #seenAt = 0;
  #refreshing: Promise<boolean> | null = null;
  #problem: string | null = null;

  private constructor(parts: SharedParts, storage: SharedStorage, about: PublishedAbout | null) {
    const { name, directory, place, database, documents, times = sharingTimes } = parts;
    this.storage = storage;
    this.isReadOnly = place.access === 'read';
    this.#name = name;
    this.#place = place;
    this.#database = database;
    this.#exchange = new ManifestExchange(database, documents, storage.rows);
    this.#files = new PublishedFiles(directory, storage.rows);
    this.#sets = new VectorSetTable(database);
    this.#times = times;
    this.#about = about;
  }

  /** Throws `conflict` for a writer of a store that another manifest writes, and what `SharedStorage.open` throws. */
  static async open(parts: SharedParts): Promise<SharedLibrary> {
    const { place, directory, times = sharingTimes } = parts;
    const { access, owner, leaseToken } = place;
    const holder = access === 'write' ? { owner, machine: hostname(), formerToken: leaseToken } : null;
    const storage = await SharedStorage.open(place, {
      holder,
      ...(times.lease ? { leaseTimes: times.lease } : {}),
    });
    try {
      if (holder) await writePlace(directory, { ...place, leaseToken: storage.leaseToken });
      const about = await readAbout(storage.rows, place.uri);
      const shared = new SharedLibrary(parts, storage, about);
      if (access === 'read') await shared.#beginReading();
      else await shared.#beginWriting(directory);
      return shared;
    } catch (error) {
      await storage.close();
      throw error;
    }
  }

  /** To be called once, with the store over `storage`. */
  use(store: ChunkStore): void {
    this.#store = store;
    if (!this.isReadOnly) this.changed();
  }

  describe(): SharedPlace {
    return {
      address: this.#place.uri,
      access: this.#place.access,
      writer: this.#about?.machine ?? null,
      seenAt: this.isReadOnly ? this.#seenAt : null,
      problem: this.#problem,
    };
  }

  /** The manifest has changed; readers get it in a moment. */
  changed(): void {
    if (this.isReadOnly) return;
    this.#isUnpublished = true;
    this.#publishIn(Math.max(this.#times.publishMs, this.#lastPublishMs * minRestFactor));
  }

  /** Sends what readers do not have yet. */
  async publish(): Promise<void> {
    if (this.isReadOnly || !this.#isUnpublished || !this.#store) return;
    this.#isUnpublished = false;
    try {
      await this.#store.write(() => this.#publishNow());
      this.#problem = null;
    } catch (error) {
      this.#isUnpublished = true;
      if (!this.#isClosing) this.#publishIn(retryMs);
      this.#problem = error instanceof Error ? error.message : String(error);
      throw error;
    }
  }

  /** For a reader: what is older than some seconds is brought up to date first. */
  async refresh({ force = false } = {}): Promise<'recent' | 'same' | 'changed'> {
    if (!this.isReadOnly || (!force && Date.now() - this.#seenAt < this.#times.refreshMs)) return 'recent';
    this.#refreshing ??= this.#refreshNow().finally(() => {
      this.#refreshing = null;
    });
    return (await this.#refreshing) ? 'changed' : 'same';
  }

  /** Idempotent. Whoever writes publishes first. The storage is the store's to close. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    // The next start sends it.
    await this.publish().catch(() => {});
  }

  async #refreshNow(): Promise<boolean> {
    const isPublished = await this.#receive();
    if (isPublished) this.#about = await readAbout(this.storage.rows, this.#place.uri);
    const isWritten = (await this.#store?.refresh()) ?? false;
    this.#seenAt = Date.now();
    return isPublished || isWritten;
  }

  async #receive(): Promise<boolean> {
    if (!(await this.#exchange.receive())) return false;
    await this.#files.receive(this.#sets.active());
    return true;
  }

  async #beginReading(): Promise<void> {
    if (!this.#about) {
      throw new AppError(
        'not-found',
        `The library at ${this.#place.uri} has not been written yet. Wait until its first documents are there.`,
      );
    }
    await this.#receive();
    this.#seenAt = Date.now();
  }

  async #beginWriting(directory: string): Promise<void> {
    const { owner, uri, isTakingOver = false } = this.#place;
    const isOthers = this.#about !== null && this.#about.owner !== owner;
    if (isOthers && !isTakingOver) throw belongsTo(this.#about!, uri);
    // What the one before wrote is taken over as it is; the next index run looks at the files.
    if (isOthers) await this.#receive();
    await this.#putAbout();
    if (isTakingOver) {
      const { isTakingOver: _, ...settled } = this.#place;
      await writePlace(directory, { ...settled, leaseToken: this.storage.leaseToken });
    }
  }

  #publishIn(delayMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      // What could not be sent is tried again; `describe` says why.
      void this.publish().catch(() => {});
    }, delayMs).unref();
  }

  async #publishNow(): Promise<void> {
    const startedAtMs = performance.now();
    const active = this.#sets.active();
    const hasFiles = await this.#files.publish(active);
    if ((await this.#exchange.publish()) || hasFiles) await this.#putAbout();
    this.#lastPublishMs = performance.now() - startedAtMs;
  }

  async #putAbout(): Promise<void> {
    const about: PublishedAbout = {
      format: publishedFormat,
      name: this.#name,
      owner: this.#place.owner,
      machine: hostname(),
      product: productVersion(),
      schema: Number(this.#database.prepare('PRAGMA user_version').get()?.user_version ?? 0),
      publishedAt: Date.now(),
    };
    await this.storage.rows.put(new Map([[aboutKey, JSON.stringify(about)]]));
    this.#about = about;
  }
}

function belongsTo({ name, machine, publishedAt }: PublishedAbout, uri: string): AppError {
  return new AppError(
    'conflict',
    `At ${uri} is the library "${name}", which ${machine} writes (last on ${new Date(publishedAt).toISOString()}). To search it: llara library attach ${uri}. To write it from here from now on, once it is no longer written there: llara library create NAME --at ${uri} --take-over`,
  );
}
