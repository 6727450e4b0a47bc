/** The library screen: a page of the manifest, filtered by state and path, and what a person does to folders and jobs. */
import type { DocumentState, ListedDocument } from '../../src-main/contract/libraries.ts';
import { type Failure, failureOf, wasAborted } from '../bridge/failure.ts';
import type { Engine } from './engine.svelte.ts';

const PAGE_DOCUMENTS = 50;

export class LibraryView {
  documents = $state.raw<readonly ListedDocument[]>([]);
  total = $state(0);
  page = $state(0);
  state = $state<DocumentState | 'all'>('all');
  pathContains = $state('');
  loading = $state(false);
  failure = $state.raw<Failure | null>(null);
  readonly pageCount = $derived(Math.max(1, Math.ceil(this.total / PAGE_DOCUMENTS)));
  readonly firstShown = $derived(this.total === 0 ? 0 : this.page * PAGE_DOCUMENTS + 1);

  readonly #engine: Engine;
  readonly #library: () => string;
  #pending: AbortController | null = null;

  constructor(engine: Engine, library: () => string) {
    this.#engine = engine;
    this.#library = library;
  }

  show(change: { state?: DocumentState | 'all'; pathContains?: string; page?: number }): void {
    if (change.state !== undefined) this.state = change.state;
    if (change.pathContains !== undefined) this.pathContains = change.pathContains;
    this.page = change.page ?? 0;
    void this.load();
  }

  async load(): Promise<void> {
    this.#pending?.abort();
    const loading = new AbortController();
    this.#pending = loading;
    this.loading = true;
    try {
      const { total, documents } = await this.#engine.client.documents.list(
        {
          library: this.#library(),
          state: this.state === 'all' ? undefined : this.state,
          pathContains: this.pathContains.trim() || undefined,
          offset: this.page * PAGE_DOCUMENTS,
          limit: PAGE_DOCUMENTS,
        },
        { signal: loading.signal },
      );
      if (this.#pending !== loading) return;
      this.documents = documents;
      this.total = total;
      this.failure = null;
    } catch (error) {
      if (this.#pending !== loading || wasAborted(error, loading.signal)) return;
      this.failure = failureOf(error);
    } finally {
      if (this.#pending === loading) this.loading = false;
    }
  }
}
