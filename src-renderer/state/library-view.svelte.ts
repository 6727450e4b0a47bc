/** The library screen: a page of the manifest, narrowed by state, kind, language, year, tag and path, with counts of what else there is. */
import type {
  Document,
  DocumentFacets,
  DocumentKind,
  DocumentState,
  ListedDocument,
} from '../../src-main/contract/libraries.ts';
import { type Failure, failureOf, wasAborted } from '../bridge/failure.ts';
import type { Engine } from './engine.svelte.ts';

const PAGE_DOCUMENTS = 50;

/** An empty text where nothing is chosen. */
export type FacetChoice = Record<keyof DocumentFacets, string>;
const noChoice: FacetChoice = { state: '', kind: '', language: '', year: '', tag: '' };

export class LibraryView {
  documents = $state.raw<readonly ListedDocument[]>([]);
  total = $state(0);
  page = $state(0);
  chosen = $state.raw(noChoice);
  facets = $state.raw<DocumentFacets | null>(null);
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

  show(change: Partial<FacetChoice> & { pathContains?: string; page?: number }): void {
    const { pathContains = this.pathContains, page = 0, ...chosen } = change;
    this.chosen = { ...this.chosen, ...chosen };
    this.pathContains = pathContains;
    this.page = page;
    void this.load();
  }

  /** As it is for a library that was just opened. */
  showAll(): void {
    this.facets = null;
    this.show({ ...noChoice, pathContains: '' });
  }

  /** A document that is other than it was, shown so at once; what the list is narrowed to is asked anew. */
  replace(changed: Document): void {
    this.documents = this.documents.map((document) =>
      document.id === changed.id ? { ...document, ...changed, tags: changed.tags } : document,
    );
    void this.load();
  }

  async load(): Promise<void> {
    this.#pending?.abort();
    const loading = new AbortController();
    this.#pending = loading;
    this.loading = true;
    try {
      const { state, kind, language, year, tag } = this.chosen;
      const { total, documents, facets } = await this.#engine.client.documents.list(
        {
          library: this.#library(),
          state: (state || undefined) as DocumentState | undefined,
          kind: (kind || undefined) as DocumentKind | undefined,
          language: language || undefined,
          year: year === '' ? undefined : Number(year),
          tag: tag || undefined,
          pathContains: this.pathContains.trim() || undefined,
          offset: this.page * PAGE_DOCUMENTS,
          limit: PAGE_DOCUMENTS,
          withFacets: true,
        },
        { signal: loading.signal },
      );
      if (this.#pending !== loading) return;
      this.documents = documents;
      this.total = total;
      this.facets = facets ?? null;
      this.failure = null;
    } catch (error) {
      if (this.#pending !== loading || wasAborted(error, loading.signal)) return;
      this.failure = failureOf(error);
    } finally {
      if (this.#pending === loading) this.loading = false;
    }
  }
}
