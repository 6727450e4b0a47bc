/** The open libraries of a home, by name. Opens them at the start and makes new ones. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../common/app-error.ts';
import type { AttachRequest, CreateRequest, Library, UnavailableLibrary } from '../contract/libraries.ts';
import { needsIndexing } from './documents/lost-documents.ts';
import type { HomeDatabase } from './home-database.ts';
import { LibraryOpening } from './library-opening.ts';
import { LibrarySession, type LibrarySessionOptions } from './library-session.ts';
import { type LibraryPlace, readPlace, writePlace } from './sharing/library-place.ts';
import { placeToCreate, placeToRead } from './sharing/new-place.ts';
import { sharingTimes } from './sharing/shared-library.ts';

const defaultName = 'default';

export type LibrarySetOptions = Omit<
  LibrarySessionOptions,
  'name' | 'directory' | 'onChange' | 'onDamage'
> & {
  /** Called when a library changes. */
  onChange: (name: string) => void;
  /** Called when the index of a library is found damaged; an index job repairs it. */
  onDamage: (name: string) => void;
  /** Called when a library was removed. */
  onRemove: (name: string) => void;
  /** Called for a library at a shared address that could not be opened at first. */
  onLateOpen: (name: string) => void;
};

export class LibrarySet {
  readonly #home: string;
  readonly #database: HomeDatabase;
  readonly #options: LibrarySetOptions;
  readonly #sessions = new Map<string, LibrarySession>();
  readonly #opening: LibraryOpening;

  constructor(home: string, database: HomeDatabase, options: LibrarySetOptions) {
    this.#home = home;
    this.#database = database;
    this.#options = options;
    this.#opening = new LibraryOpening({
      open: (name) => this.#open(name),
      onLateOpen: options.onLateOpen,
      openingMs: (options.sharingTimes ?? sharingTimes).openingMs,
    });
  }

  /** Throws `library-locked` where another process works on one. */
  async openAll(): Promise<void> {
    this.#database.addLibrary(defaultName);
    const isShared = async (name: string) => (await readPlace(this.directoryOf(name))) !== null;
    await this.#opening.openAll(this.#database.libraryNames(), isShared);
  }

  /** Tries again those at shared addresses that could not be opened. */
  async openUnavailable(): Promise<void> {
    await this.#opening.tryAgain();
  }

  /** Libraries that could not be opened, and why. */
  unavailable(): UnavailableLibrary[] {
    return this.#opening.unavailable();
  }

  get(name: string): LibrarySession {
    const session = this.#sessions.get(name);
    const problem = this.#opening.reasonOf(name);
    if (problem) throw problem;
    if (!session) {
      throw new AppError(
        'not-found',
        `There is no library "${name}". Known: ${[...this.#sessions.keys()].join(', ')}.`,
      );
    }
    return session;
  }

  find(name: string): LibrarySession | undefined {
    return this.#sessions.get(name);
  }

  all(): LibrarySession[] {
    return [...this.#sessions.values()];
  }

  async create({ name, store, takeOver }: CreateRequest): Promise<Library> {
    if (this.#sessions.has(name)) throw new AppError('conflict', `There is already a library "${name}".`);
    const problem = this.#opening.reasonOf(name);
    if (problem) throw problem;
    if (store) return await this.#openAt(name, placeToCreate(store, takeOver));
    const session = await this.#open(name);
    this.#database.addLibrary(name);
    session.changed();
    return session.describe();
  }

  /** Opens a library that another machine writes, to read it. */
  async attach(request: AttachRequest): Promise<Library> {
    const isFree = (name: string) => !this.#sessions.has(name) && !existsSync(this.directoryOf(name));
    const { name, place } = await placeToRead(request, isFree);
    return await this.#openAt(name, place);
  }

  /** For whoever changes a library. Throws `read-only` for one that another machine writes. */
  getWritable(name: string): LibrarySession {
    const session = this.get(name);
    if (!session.isReadOnly) return session;
    const writer = session.shared?.describe().writer ?? 'another machine';
    throw new AppError(
      'read-only',
      `The library "${name}" is written by ${writer}; here it can only be searched and read. Do this there.`,
    );
  }

  /** Throws `conflict` unless a library that comes from elsewhere may have this name: there is none, or it is the default one and empty. */
  checkFree(name: string): void {
    const session = this.#sessions.get(name);
    const isFree = session
      ? name === defaultName && session.isEmpty
      : !this.#opening.reasonOf(name) && !existsSync(this.directoryOf(name));
    if (isFree) return;
    throw new AppError(
      'conflict',
      `There is already a library "${name}". Give the other one another name (llara import --as NAME).`,
    );
  }

  /**
   * Makes `directory` the library of this name; null finds it in its place already, after a kill. Nothing may work on an empty library of that
   * name meanwhile.
   */
  async adopt(name: string, directory: string | null): Promise<void> {
    if (directory !== null) {
      this.checkFree(name);
      const empty = this.#sessions.get(name);
      this.#sessions.delete(name);
      await empty?.destroy();
      renameSync(directory, this.directoryOf(name));
    }
    this.#database.addLibrary(name);
    (this.#sessions.get(name) ?? (await this.#open(name))).changed();
  }

  /** Nothing may work on the library meanwhile. A crash in between leaves an empty library beside the full one. */
  async rename(name: string, next: string): Promise<Library> {
    const session = this.get(name);
    if (name === next) return session.describe();
    if (name === defaultName) throw new AppError('conflict', 'The default library keeps its name.');
    if (this.#sessions.has(next) || this.#opening.reasonOf(next))
      throw new AppError('conflict', `There is already a library "${next}".`);
    this.#sessions.delete(name);
    await session.close();
    this.#database.addLibrary(next);
    try {
      renameSync(session.directory, this.directoryOf(next));
    } catch (cause) {
      this.#database.removeLibrary(next);
      await this.#open(name);
      throw new AppError('internal', `The folder of "${name}" cannot be renamed; the library is as it was.`, {
        cause,
      });
    }
    this.#database.removeLibrary(name);
    const renamed = await this.#open(next);
    renamed.changed();
    this.#options.onRemove(name);
    return renamed.describe();
  }

  /**
   * Forgets the library and deletes its index; the person's documents are untouched. The folder of a library that cannot be opened is kept
   * under another name, and the default one begins anew.
   */
  async remove(name: string): Promise<void> {
    if (this.#opening.reasonOf(name)) return await this.#setAside(name);
    const session = this.get(name);
    if (name === defaultName)
      throw new AppError('conflict', 'The default library stays; remove its folders instead.');
    this.#database.removeLibrary(name);
    this.#sessions.delete(name);
    await session.destroy();
    this.#options.onRemove(name);
  }

  directoryOf(name: string): string {
    return join(this.#home, 'libraries', name);
  }

  async close(): Promise<void> {
    this.#opening.close();
    for (const session of this.#sessions.values()) await session.close();
    this.#sessions.clear();
  }

  /** All of it or nothing: where it cannot be opened there, it is as if it had not been asked for. */
  async #openAt(name: string, place: LibraryPlace): Promise<Library> {
    const directory = this.directoryOf(name);
    // A place without a library is what a kill left of an earlier try.
    const isLeft = !this.#database.libraryNames().includes(name) && (await readPlace(directory)) !== null;
    if (existsSync(directory) && !isLeft)
      throw new AppError('conflict', `There is already a library "${name}". Choose another name.`);
    rmSync(directory, { recursive: true, force: true });
    try {
      await writePlace(directory, place);
      const session = await this.#open(name);
      this.#database.addLibrary(name);
      session.changed();
      return session.describe();
    } catch (error) {
      rmSync(directory, { recursive: true, force: true });
      throw error;
    }
  }

  async #setAside(name: string): Promise<void> {
    const directory = this.directoryOf(name);
    if (existsSync(directory)) renameSync(directory, `${directory}.damaged-${Date.now()}`);
    this.#opening.forget(name);
    if (name !== defaultName) this.#database.removeLibrary(name);
    this.#options.onRemove(name);
    if (name === defaultName) (await this.#open(name)).changed();
  }

  async #open(name: string): Promise<LibrarySession> {
    const directory = this.directoryOf(name);
    const { encoders, extraction, reranker, onChange, onDamage, sharingTimes } = this.#options;
    const session = await LibrarySession.open({
      name,
      directory,
      encoders,
      extraction,
      ...(reranker ? { reranker } : {}),
      ...(sharingTimes ? { sharingTimes } : {}),
      onChange: () => onChange(name),
      onDamage: () => onDamage(name),
    });
    try {
      session.describe();
      needsIndexing(session);
    } catch (error) {
      await session.close();
      throw error;
    }
    this.#sessions.set(name, session);
    return session;
  }
}
