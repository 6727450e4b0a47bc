/**
 * One open library: its manifest and its vectors, kept consistent. It offers the single steps that jobs and calls
 * consist of and runs no job itself.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../common/app-error.ts';
import type { Library } from '../contract/libraries.ts';
import type { SearchRequest, SearchResponse } from '../contract/search.ts';
import type { ExtractionOutcome } from '../library/extraction/extracted-document.ts';
import { ExtractedTexts } from '../library/extraction/extracted-texts.ts';
import type { ExtractionPool } from '../library/extraction/extraction-pool.ts';
import { AdapterTable } from '../library/manifest/adapter-table.ts';
import { DocumentTable } from '../library/manifest/document-table.ts';
import { FolderTable } from '../library/manifest/folder-table.ts';
import { closeLibraryDatabase, openLibraryDatabase } from '../library/manifest/library-database.ts';
import { SavedSearches } from '../library/manifest/saved-searches.ts';
import { SearchMemory } from '../library/manifest/search-memory.ts';
import { VectorSetTable } from '../library/manifest/vector-set-table.ts';
import { Vocabulary } from '../library/manifest/vocabulary.ts';
import { withRecognised } from '../library/recognition/merge-recognised.ts';
import { RecognisedPages } from '../library/recognition/recognised-pages.ts';
import type { Rerank } from '../search/ranking/rerank-passages.ts';
import type { SearchContext } from '../search/search-context.ts';
import { searchLibrary } from '../search/search-library.ts';
import type { EncoderPool } from './encoder-pool.ts';
import { LibraryVectors } from './library-vectors.ts';
import { WordMeanings } from './meanings/word-meanings.ts';
import { searchContextOf } from './searching/search-context-of.ts';
import { readPlace } from './sharing/library-place.ts';
import { SharedLibrary, type SharingTimes } from './sharing/shared-library.ts';

export type LibrarySessionOptions = {
  name: string;
  directory: string;
  encoders: EncoderPool;
  extraction: ExtractionPool;
  /** What reads the first passages of a search once more, asked at each search; nobody where absent. */
  reranker?: { readonly rerank: Rerank | undefined };
  onChange: () => void;
  /** A search met damage; the next index run mends it. */
  onDamage?: () => void;
  /** Of a library whose store several machines reach. */
  sharingTimes?: SharingTimes;
};

type OpenedParts = {
  database: DatabaseSync;
  documents: DocumentTable;
  vectors: LibraryVectors;
  shared: SharedLibrary | null;
};

export class LibrarySession {
  readonly name: string;
  readonly directory: string;
  readonly extraction: ExtractionPool;
  readonly folders: FolderTable;
  readonly documents: DocumentTable;
  readonly adapters: AdapterTable;
  readonly memory: SearchMemory;
  readonly vocabulary: Vocabulary;
  readonly saved: SavedSearches;
  readonly vectors: LibraryVectors;
  readonly meanings: WordMeanings;
  readonly texts: ExtractedTexts;
  readonly recognised: RecognisedPages;
  /** Null for a library whose store is in its own folder. */
  readonly shared: SharedLibrary | null;
  readonly #reranker: LibrarySessionOptions['reranker'];
  readonly #database: DatabaseSync;
  readonly #onChange: () => void;
  readonly #onDamage: () => void;
  #isDamaged = false;
  #closed = false;

  private constructor(options: LibrarySessionOptions, { database, documents, vectors, shared }: OpenedParts) {
    this.name = options.name;
    this.directory = options.directory;
    this.extraction = options.extraction;
    this.#reranker = options.reranker;
    this.#onChange = options.onChange;
    this.#onDamage = options.onDamage ?? (() => {});
    this.#database = database;
    this.folders = new FolderTable(database);
    this.documents = documents;
    this.shared = shared;
    this.adapters = new AdapterTable(database);
    this.memory = new SearchMemory(database);
    this.vocabulary = new Vocabulary(database);
    this.saved = new SavedSearches(database);
    this.vectors = vectors;
    this.meanings = new WordMeanings(options.directory);
    this.texts = new ExtractedTexts(options.directory);
    this.recognised = new RecognisedPages(options.directory);
  }

  /** Opens and locks the library. Throws `library-locked` or `library-corrupt`, and what `SharedLibrary.open` throws. */
  static async open(options: LibrarySessionOptions): Promise<LibrarySession> {
    const { name, directory, encoders, sharingTimes } = options;
    const place = await readPlace(directory);
    const database = openLibraryDatabase(directory);
    let shared: SharedLibrary | null = null;
    try {
      const documents = new DocumentTable(database);
      const times = sharingTimes ? { times: sharingTimes } : {};
      shared = place && (await SharedLibrary.open({ name, directory, place, database, documents, ...times }));
      const sets = new VectorSetTable(database);
      const vectors = await LibraryVectors.open(sets, directory, encoders, shared?.storage);
      shared?.use(vectors.store);
      return new LibrarySession(options, { database, documents, vectors, shared });
    } catch (error) {
      await shared?.storage.close();
      closeLibraryDatabase(database, directory);
      throw error;
    }
  }

  /** Whether another machine writes it, and this one only reads. */
  get isReadOnly(): boolean {
    return this.shared?.isReadOnly ?? false;
  }

  async search(request: SearchRequest, signal?: AbortSignal): Promise<SearchResponse> {
    const response = await this.answer((context) => searchLibrary(context, request, signal));
    if (request.foldCopies === false) return response;
    return { ...response, groups: response.groups.map((group) => this.withPlaces(group, group.document.id)) };
  }

  /** The places of the document's copies, where it has any. */
  withPlaces<Shown extends object>(shown: Shown, documentId: string): Shown & { places?: string[] } {
    const places = this.documents.copies.placesOf(documentId);
    return places.length > 1 ? { ...shown, places } : shown;
  }

  /** Runs `work` on what a search sees of the library; damage that it meets is mended by the next index run. */
  async answer<Result>(work: (context: SearchContext) => Promise<Result>): Promise<Result> {
    await this.refresh();
    try {
      return await this.#answerNow(work);
    } catch (error) {
      const isGone = error instanceof AppError && error.code === 'library-corrupt';
      // What another machine has put in order since is not there any more as it was.
      if (!this.isReadOnly || !isGone || !(await this.refresh({ force: true }))) throw error;
      return await this.#answerNow(work);
    }
  }

  /** What another machine has written since, if this one only reads; does nothing within some seconds of the last time. */
  async refresh(options: { force?: boolean } = {}): Promise<boolean> {
    const seen = (await this.shared?.refresh(options)) ?? 'recent';
    const hadEncoder = this.vectors.encoder !== null;
    // Without an encoder, one may have been imported meanwhile.
    if (seen === 'changed' || (seen === 'same' && !hadEncoder)) await this.vectors.followActive();
    if (seen === 'changed') this.meanings.forget();
    if (seen === 'changed' || hadEncoder !== (this.vectors.encoder !== null)) this.changed();
    return seen === 'changed';
  }

  async #answerNow<Result>(work: (context: SearchContext) => Promise<Result>): Promise<Result> {
    const context = { ...searchContextOf(this), rerank: this.#reranker?.rerank };
    try {
      return await this.vectors.read((set) => work({ set, ...context }));
    } catch (error) {
      const isDamage = error instanceof AppError && error.code === 'library-corrupt';
      if (isDamage && !this.#closed && !this.isReadOnly) {
        this.#isDamaged = true;
        this.#onDamage();
      }
      throw error;
    }
  }

  /** The next index run reads every table from end to end. */
  suspectDamage(): void {
    this.#isDamaged = true;
  }

  /** Replaces what a search found to be damaged by something empty, to be filled again. Returns what was done, for a person. */
  async repair(): Promise<string[]> {
    if (this.#isDamaged) await this.vectors.store.check();
    this.#isDamaged = false;
    return this.vectors.store.takeRepairs();
  }

  /** What a document is with what text recognition has made of its pages so far. */
  withRecognised(outcome: ExtractionOutcome, contentHash: string): ExtractionOutcome {
    return withRecognised(outcome, (page) => this.recognised.get(contentHash, page));
  }

  describe(): Library {
    return {
      name: this.name,
      folders: this.folders.list(),
      counts: this.documents.counts(),
      chunkCount: this.documents.chunkCount(),
      vectorSets: this.vectors.sets.list(),
      meaning: this.vectors.meaning(),
      encoder: this.vectors.encoder?.info.name ?? null,
      wordsOnlyReason: this.vectors.wordsOnlyReason,
      ...(this.shared ? { shared: this.shared.describe() } : {}),
    };
  }

  /** Whether nobody has put anything into it yet. */
  get isEmpty(): boolean {
    const isUsed =
      this.folders.list().length > 0 || this.adapters.list().length > 0 || this.memory.feedback().length > 0;
    return !isUsed && this.memory.recent().length === 0;
  }

  /** Writes copies of the library's SQLite files, as they are at this moment, into a folder; returns their names. */
  copyDatabases(directory: string, withTexts: boolean): string[] {
    this.#database.prepare('VACUUM INTO ?').run(join(directory, 'library.sqlite'));
    const hasTexts = withTexts && this.texts.copyTo(join(directory, 'texts.sqlite'));
    const hasRecognised = withTexts && this.recognised.copyTo(join(directory, 'recognised.sqlite'));
    return [
      'library.sqlite',
      ...(hasTexts ? ['texts.sqlite'] : []),
      ...(hasRecognised ? ['recognised.sqlite'] : []),
    ];
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  changed(): void {
    if (this.#closed) return;
    this.shared?.changed();
    this.#onChange();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.shared?.close();
    await this.vectors.close();
    this.texts.close();
    this.recognised.close();
    closeLibraryDatabase(this.#database, this.directory);
  }

  /** Closes the library and deletes what the product keeps of it; the person's documents are untouched. */
  async destroy(): Promise<void> {
    await this.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
