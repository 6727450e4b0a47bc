/** The open libraries of a home, by name. Opens them at the start and makes new ones. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../common/app-error.ts';
import type { Library } from '../contract/libraries.ts';
import type { HomeDatabase } from './home-database.ts';
import { LibrarySession, type LibrarySessionOptions } from './library-session.ts';

const defaultName = 'default';

export type LibrarySetOptions = Omit<LibrarySessionOptions, 'name' | 'directory' | 'onChange'> & {
  /** Something in the library of this name is another than before. */
  onChange: (name: string) => void;
  /** There is no library of this name any more. */
  onRemove: (name: string) => void;
};

export class LibrarySet {
  readonly #home: string;
  readonly #database: HomeDatabase;
  readonly #options: LibrarySetOptions;
  readonly #sessions = new Map<string, LibrarySession>();

  constructor(home: string, database: HomeDatabase, options: LibrarySetOptions) {
    this.#home = home;
    this.#database = database;
    this.#options = options;
  }

  /** A library that cannot be opened stops the start: nothing may be lost by going on without it. */
  async openAll(): Promise<void> {
    this.#database.addLibrary(defaultName);
    for (const name of this.#database.libraryNames()) await this.#open(name);
  }

  get(name: string): LibrarySession {
    const session = this.#sessions.get(name);
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

  async create(name: string): Promise<Library> {
    if (this.#sessions.has(name)) throw new AppError('conflict', `There is already a library "${name}".`);
    const session = await this.#open(name);
    this.#database.addLibrary(name);
    session.changed();
    return session.describe();
  }

  /** Nothing may work on the library meanwhile. A crash in between leaves an empty library beside the full one. */
  async rename(name: string, next: string): Promise<Library> {
    const session = this.get(name);
    if (name === next) return session.describe();
    if (name === defaultName) throw new AppError('conflict', 'The default library keeps its name.');
    if (this.#sessions.has(next)) throw new AppError('conflict', `There is already a library "${next}".`);
    this.#sessions.delete(name);
    await session.close();
    this.#database.addLibrary(next);
    try {
      renameSync(session.directory, join(this.#home, 'libraries', next));
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

  /** Forgets the library and deletes its index; the person's documents are untouched. */
  async remove(name: string): Promise<void> {
    const session = this.get(name);
    if (name === defaultName)
      throw new AppError('conflict', 'The default library stays; remove its folders instead.');
    this.#database.removeLibrary(name);
    this.#sessions.delete(name);
    await session.destroy();
    this.#options.onRemove(name);
  }

  async close(): Promise<void> {
    for (const session of this.#sessions.values()) await session.close();
    this.#sessions.clear();
  }

  async #open(name: string): Promise<LibrarySession> {
    const directory = join(this.#home, 'libraries', name);
    const { encoders, extraction, onChange } = this.#options;
    const session = await LibrarySession.open({
      name,
      directory,
      encoders,
      extraction,
      onChange: () => onChange(name),
    });
    this.#sessions.set(name, session);
    return session;
  }
}
