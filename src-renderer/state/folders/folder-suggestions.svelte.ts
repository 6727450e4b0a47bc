/**
 * The folders that most people start with, known before a dialog shows them: one that came late would move a button under the pointer.
 */
import type { FolderPreview, SuggestedFolder } from '../../../src-main/contract/libraries.ts';
import { failureOf } from '../../bridge/failure.ts';
import type { Engine } from '../engine.svelte.ts';

export class FolderSuggestions {
  previews = $state.raw<ReadonlyMap<string, FolderPreview>>(new Map());
  #all = $state.raw<readonly SuggestedFolder[]>([]);
  /** Without those that have become folders of the library since. */
  readonly list: readonly SuggestedFolder[] = $derived.by(() => {
    const folders = this.#engine.library(this.#library())?.folders ?? [];
    return this.#all.filter(({ path }) => folders.every((folder) => folder.path !== path));
  });

  readonly #engine: Engine;
  readonly #library: () => string;

  constructor(engine: Engine, library: () => string) {
    this.#engine = engine;
    this.#library = library;
  }

  async load(): Promise<void> {
    try {
      this.#all = await this.#engine.client.folders.suggest({ library: this.#library() });
    } catch (error) {
      // An offer that cannot be made is none; the way to any folder stands beside it.
      console.warn('Folders could not be suggested:', failureOf(error).message);
    }
  }

  /** Counts what is in each, one after the other: whoever does not look at them does not wait for it. */
  async count(signal: AbortSignal): Promise<void> {
    for (const { path } of this.list) {
      if (signal.aborted || this.previews.has(path)) continue;
      try {
        const counted = await this.#engine.client.folders.preview({ path }, { signal });
        this.previews = new Map(this.previews).set(path, counted);
      } catch (error) {
        if (!signal.aborted) console.warn('A folder could not be counted:', failureOf(error).message);
      }
    }
  }
}
