/** Questions that a person keeps: those of the library in use, each with what is new among its answers since it was last looked at. */
import type { SavedSearch } from '../../src-main/contract/search.ts';
import { failureOf } from '../bridge/failure.ts';
import { decomposeQuery } from './compose-query.ts';
import type { Engine } from './engine.svelte.ts';
import type { Search } from './search.svelte.ts';

export class SavedSearches {
  list = $state.raw<readonly SavedSearch[]>([]);

  readonly #engine: Engine;
  readonly #search: Search;
  readonly #library: () => string;

  constructor(engine: Engine, search: Search, library: () => string) {
    this.#engine = engine;
    this.#search = search;
    this.#library = library;
  }

  /** The one that asks what is asked now. */
  readonly present = $derived.by(() =>
    this.list.find(({ query, mode }) => query === this.#search.query && mode === this.#search.mode),
  );

  async load(): Promise<void> {
    const library = this.#library();
    try {
      const list = await this.#engine.client.saved.list({ library });
      if (library === this.#library()) this.list = list;
    } catch (error) {
      // A lost engine is told by the banner already.
      console.warn('Saved searches could not be read:', failureOf(error).message);
    }
  }

  /** These throw what the engine throws. */
  async save(name: string): Promise<void> {
    const { query, mode } = this.#search;
    await this.#engine.client.saved.save({ library: this.#library(), name, query, mode });
    await this.load();
  }

  async rename({ library, name }: SavedSearch, newName: string): Promise<void> {
    await this.#engine.client.saved.rename({ library, name, newName });
    await this.load();
  }

  async remove({ library, name }: SavedSearch): Promise<void> {
    await this.#engine.client.saved.remove({ library, name });
    await this.load();
  }

  async restore({ library, name, query, mode }: SavedSearch): Promise<void> {
    await this.#engine.client.saved.save({ library, name, query, mode });
    await this.load();
  }

  /** Asks it, and notes that its answers have been seen. */
  async open({ library, name, query, mode }: SavedSearch): Promise<void> {
    this.#search.ask({ ...decomposeQuery(query), mode });
    await this.#engine.client.saved.look({ library, name });
    await this.load();
  }
}
