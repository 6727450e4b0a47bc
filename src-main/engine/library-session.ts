/**
 * One open library: its manifest and its vectors, kept in step. It offers the single steps that jobs and calls are made
 * of; it runs no job itself.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../common/app-error.ts';
import type { Folder, Library } from '../contract/libraries.ts';
import type { SearchRequest, SearchResponse } from '../contract/search.ts';
import type { ExtractionPool } from '../library/extraction/extraction-pool.ts';
import { AdapterTable } from '../library/manifest/adapter-table.ts';
import { DocumentTable, type FoundFile, type ManifestDocument } from '../library/manifest/document-table.ts';
import { FolderTable } from '../library/manifest/folder-table.ts';
import { closeLibraryDatabase, openLibraryDatabase } from '../library/manifest/library-database.ts';
import { SearchMemory } from '../library/manifest/search-memory.ts';
import { VectorSetTable } from '../library/manifest/vector-set-table.ts';
import { type SkipRule, scanFolder } from '../library/watching/scan-folder.ts';
import { searchLibrary } from '../search/search-library.ts';
import { ChunkStore } from '../store/chunk-store.ts';
import type { EncoderPool } from './encoder-pool.ts';
import type { JobControl } from './jobs/job-control.ts';
import { LibraryVectors } from './library-vectors.ts';

export type LibrarySessionOptions = {
  name: string;
  directory: string;
  encoders: EncoderPool;
  extraction: ExtractionPool;
  onChange: () => void;
};

export class LibrarySession {
  readonly name: string;
  readonly directory: string;
  readonly extraction: ExtractionPool;
  readonly folders: FolderTable;
  readonly documents: DocumentTable;
  readonly adapters: AdapterTable;
  readonly memory: SearchMemory;
  readonly vectors: LibraryVectors;
  readonly #database: DatabaseSync;
  readonly #onChange: () => void;
  #closed = false;

  private constructor(options: LibrarySessionOptions, database: DatabaseSync, vectors: LibraryVectors) {
    this.name = options.name;
    this.directory = options.directory;
    this.extraction = options.extraction;
    this.#onChange = options.onChange;
    this.#database = database;
    this.folders = new FolderTable(database);
    this.documents = new DocumentTable(database);
    this.adapters = new AdapterTable(database);
    this.memory = new SearchMemory(database);
    this.vectors = vectors;
  }

  /** Opens and locks the library. Throws `library-locked` or `library-corrupt`. */
  static async open(options: LibrarySessionOptions): Promise<LibrarySession> {
    const { directory } = options;
    const database = openLibraryDatabase(directory);
    try {
      const store = await ChunkStore.open(join(directory, 'vectors'));
      const sets = new VectorSetTable(database);
      const vectors = await LibraryVectors.open(sets, store, directory, options.encoders);
      return new LibrarySession(options, database, vectors);
    } catch (error) {
      closeLibraryDatabase(database, directory);
      throw error;
    }
  }

  scan(
    folder: Folder,
    control: JobControl,
    onUnreadable: (path: string) => void,
    onSkipped: (rule: SkipRule) => void,
  ): AsyncIterable<FoundFile> {
    return scanFolder(folder.path, {
      exclude: folder.exclude,
      // Hidden files are never read, so this name among the patterns can only ask for what stands in such a file.
      followGitignore: folder.exclude.includes('.gitignore'),
      onSkipped,
      signal: control.signal,
      onNotice: (notice) => control.log(notice),
      onUnreadable,
    });
  }

  async search(request: SearchRequest, signal?: AbortSignal): Promise<SearchResponse> {
    const { active, encoder, queryVectors, wordsOnlyReason } = this.vectors;
    return await searchLibrary(
      {
        set: active,
        encoder,
        queryVectors,
        encoderProblem: wordsOnlyReason,
        documents: (ids) => this.documents.getMany(ids),
      },
      request,
      signal,
    );
  }

  async moveDocuments(
    moves: readonly { document: ManifestDocument; file: FoundFile & { folderId: string } }[],
  ): Promise<void> {
    if (moves.length === 0) return;
    await this.vectors.updatePaths(
      moves.flatMap(({ document, file }) => [
        { documentId: document.id, path: file.path },
        ...this.documents
          .attachmentsOf(document.id)
          .map(({ id, path }) => ({ documentId: id, path: `${file.path}${path.slice(document.path.length)}` })),
      ]),
    );
    this.documents.transaction(() => {
      for (const { document, file } of moves) this.documents.move(document.id, file.folderId, file);
    });
    this.changed();
  }

  async removeDocuments(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const inside = ids.flatMap((id) => this.documents.attachmentsOf(id).map((document) => document.id));
    await this.vectors.active.removeDocuments([...ids, ...inside]);
    this.documents.remove(ids);
    this.changed();
  }

  async removeFolder(folderId: string): Promise<void> {
    if (!this.folders.find(folderId))
      throw new AppError('not-found', `This library has no folder ${folderId}.`);
    await this.removeDocuments(this.documents.inFolder(folderId).map((document) => document.id));
    this.folders.remove(folderId);
    this.changed();
  }

  /** Rows whose document is no longer in the manifest: left by a kill between two writes, or by a folder removed in mid-run. */
  async removeOrphanRows(): Promise<void> {
    const versions = await this.vectors.active.documentVersions();
    await this.vectors.active.removeDocuments([...versions.keys()].filter((id) => !this.documents.get(id)));
  }

  /** The next index run reads this document again, changed or not. */
  reread(documentId: string): void {
    // A document inside a file is read with the file.
    const fileId = this.documents.get(documentId)?.container?.documentId ?? documentId;
    this.documents.forgetContent(fileId);
    this.documents.markPending(fileId);
  }

  rereadAll(): void {
    this.documents.transaction(() => {
      for (const folder of this.folders.list()) {
        for (const document of this.documents.inFolder(folder.id)) this.reread(document.id);
      }
    });
  }

  /** Text of a passage, or undefined if it is gone. */
  async passage(chunkId: string): Promise<string | undefined> {
    const documentId = chunkId.slice(0, chunkId.lastIndexOf(':'));
    for await (const rows of this.vectors.active.readRows({ documentIds: [documentId] })) {
      const row = rows.find((candidate) => candidate.chunkId === chunkId);
      if (row) return row.text;
    }
    return undefined;
  }

  describe(): Library {
    return {
      name: this.name,
      folders: this.folders.list(),
      counts: this.documents.counts(),
      chunkCount: this.documents.chunkCount(),
      vectorSets: this.vectors.sets.list(),
      wordsOnlyReason: this.vectors.wordsOnlyReason,
    };
  }

  changed(): void {
    if (!this.#closed) this.#onChange();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.vectors.store.close();
    closeLibraryDatabase(this.#database, this.directory);
  }

  /** Closes the library and deletes what the product keeps of it; the person's documents are untouched. */
  async destroy(): Promise<void> {
    await this.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
