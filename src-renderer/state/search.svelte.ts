/**
 * As-you-type search: one question at a time. A newer question gives the older one up, and an answer that comes late is
 * dropped. What is shown stays until a newer answer replaces it, so that the list does not flicker between keys.
 */
import type {
  Feedback,
  Hit,
  SearchGroup,
  SearchMode,
  SearchResponse,
  TextRange,
} from '../../src-main/contract/search.ts';
import type { SearchFilterName } from '../../src-main/contract/tables/search-filters.ts';
import { type Failure, failureOf, wasAborted } from '../bridge/failure.ts';
import { exampleQuestions } from '../text/example-questions.ts';
import { type ResultOrder, sortGroups } from '../text/results/sort-groups.ts';
import { type ChipValues, composeQuery, noFilters, withChips } from './compose-query.ts';
import type { Engine } from './engine.svelte.ts';
import type { Asked } from './route.ts';

export interface FlatHit {
  readonly group: SearchGroup;
  readonly hit: Hit;
}

export type HitVerdict = 'helpful' | 'not-helpful';

/** Between keys that come quicker than answers; while no answer is awaited, a key is asked about at once. */
const DEBOUNCE_MS = 30;
const PAGE_DOCUMENTS = 10;
const EXAMPLE_DOCUMENTS = 200;
const DATE_FILTERS: readonly SearchFilterName[] = ['after', 'before', 'date'];

export class Search {
  text = $state('');
  filters = $state.raw<ChipValues>(noFilters);
  mode = $state<SearchMode>('hybrid');
  limit = $state(PAGE_DOCUMENTS);
  busy = $state(false);
  failure = $state.raw<Failure | null>(null);
  response = $state.raw<SearchResponse | null>(null);
  /** The query that `response` answers, operators included. */
  answered = $state('');
  selected = $state(-1);
  recent = $state.raw<readonly string[]>([]);
  /** Questions to begin with, made of the library's own titles. */
  examples = $state.raw<readonly string[]>([]);
  verdicts = $state.raw<ReadonlyMap<string, HitVerdict>>(new Map());

  /** Ids of documents whose further passages are shown too. */
  opened = $state.raw<ReadonlySet<string>>(new Set());

  order = $state<ResultOrder>('fit');
  /** The documents of the answer, in the order asked for. */
  readonly groups = $derived(sortGroups(this.response?.groups ?? [], this.order));
  readonly hits = $derived<readonly FlatHit[]>(
    this.groups.flatMap((group) => group.hits.map((hit) => ({ group, hit }))),
  );
  /** The hits that the list shows: the best of each document, and the others of those that were opened. */
  readonly rows = $derived<readonly FlatHit[]>(
    this.hits.filter(({ group, hit }) => hit === group.hits[0] || this.opened.has(group.document.id)),
  );
  /** The hit that a reader beside the list shows; the first one until a person moves. */
  readonly current = $derived<FlatHit | null>(this.rows[Math.max(0, this.selected)] ?? null);
  readonly query = $derived(composeQuery(this.text, this.filters));
  /** Whether the question or the order is about when a document was changed. */
  readonly asksForDate = $derived(
    this.order === 'date' || DATE_FILTERS.some((name) => new RegExp(`(?:^|\\s)-?${name}:`).test(this.query)),
  );
  readonly filtered = $derived(this.filters !== noFilters);

  readonly #engine: Engine;
  readonly #library: () => string;
  #pending: AbortController | null = null;

  readonly #onAsked: (asked: Asked, isNew: boolean) => void;

  /** `onAsked` hears what is asked now; `isNew` where that is a step of its own rather than one more key of a question. */
  constructor(engine: Engine, library: () => string, onAsked: (asked: Asked, isNew: boolean) => void) {
    this.#engine = engine;
    this.#library = library;
    this.#onAsked = onAsked;
  }

  get asked(): Asked {
    return { text: this.text, mode: this.mode, filters: this.filters };
  }

  /** Asks what an address says, such as that of an earlier question. */
  restore({ text, mode, filters }: Asked): void {
    this.text = text;
    this.mode = mode;
    this.filters = filters;
    this.limit = PAGE_DOCUMENTS;
    void this.#ask(0);
  }

  /** Asks a question that was chosen rather than typed. */
  choose(text: string): void {
    this.text = text;
    this.#changed(true);
  }

  /** The same, with the way of searching and the filters that belong to it. */
  ask({ text, mode, filters }: Asked): void {
    this.text = text;
    this.mode = mode;
    this.filters = filters;
    this.#changed(true);
  }

  type(text: string): void {
    this.text = text;
    this.#changed(false, this.busy ? DEBOUNCE_MS : 0);
  }

  filter(change: ChipValues): void {
    this.filters = withChips(this.filters, change);
    this.#changed(true);
  }

  clearFilters(): void {
    this.filters = noFilters;
    this.#changed(true);
  }

  /** Of the documents that are there already; nothing is asked anew. */
  sortBy(order: ResultOrder): void {
    this.order = order;
    this.selected = -1;
  }

  use(mode: SearchMode): void {
    this.mode = mode;
    this.#changed(true);
  }

  more(): void {
    this.limit += PAGE_DOCUMENTS;
    void this.#ask(0);
  }

  again(): Promise<void> {
    return this.#ask(0);
  }

  /** For when there is more to search than when it was asked. */
  askAgainIfNothing(): void {
    if (!this.busy && this.response?.groups.length === 0) void this.#ask(0);
  }

  clear(): void {
    this.filters = noFilters;
    this.type('');
  }

  /** Shows or hides a document's further passages. What is selected stays selected; a hidden one hands over to its document. */
  expand(documentId: string, open: boolean): void {
    const before = this.selected < 0 ? null : this.current;
    const opened = new Set(this.opened);
    if (open) opened.add(documentId);
    else opened.delete(documentId);
    this.opened = opened;
    if (!before) return;
    const at = this.rows.findIndex(({ hit }) => hit === before.hit);
    this.selected = at >= 0 ? at : this.rows.findIndex(({ group }) => group === before.group);
  }

  async loadExamples(): Promise<void> {
    try {
      const { documents } = await this.#engine.client.documents.list({
        library: this.#library(),
        state: 'indexed',
        limit: EXAMPLE_DOCUMENTS,
      });
      this.examples = exampleQuestions(documents);
    } catch (error) {
      console.warn('Titles could not be read:', failureOf(error).message);
    }
  }

  async loadRecent(): Promise<void> {
    try {
      this.recent = await this.#engine.client.search.recent({ library: this.#library() });
    } catch (error) {
      // The list is a convenience; a lost engine is told by the banner already.
      console.warn('Recent searches could not be read:', failureOf(error).message);
    }
  }

  /** Remembers what a person thinks of a hit. A failed `opened` is not worth a message; a failed verdict is thrown. */
  async judge(chunkId: string, verdict: Feedback['verdict']): Promise<void> {
    const query = this.text.trim();
    if (query === '') return;
    if (verdict !== 'opened') this.verdicts = new Map(this.verdicts).set(chunkId, verdict);
    try {
      const group = this.hits.find(({ hit }) => hit.chunkId === chunkId)?.group;
      const library = group?.library ?? this.#library();
      await this.#engine.client.search.feedback({ library, query, chunkId, verdict });
    } catch (error) {
      if (verdict === 'opened') return;
      const verdicts = new Map(this.verdicts);
      verdicts.delete(chunkId);
      this.verdicts = verdicts;
      throw error;
    }
  }

  #changed(isNew: boolean, delayMs = 0): void {
    this.limit = PAGE_DOCUMENTS;
    this.#onAsked(this.asked, isNew);
    void this.#ask(delayMs);
  }

  async #ask(delayMs: number): Promise<void> {
    this.#pending?.abort();
    const query = this.query;
    if (query === '') {
      this.#pending = null;
      this.#settle(null, '');
      return;
    }
    const asking = new AbortController();
    this.#pending = asking;
    this.busy = true;
    try {
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      if (asking.signal.aborted) return;
      const request = { library: this.#library(), query, mode: this.mode, limit: this.limit };
      const ask = (rerank: boolean) =>
        this.#engine.client.search.query(rerank ? request : { ...request, rerank }, {
          signal: asking.signal,
        });
      // A reranker takes its time: what is found is shown at once, and put in order when it has read it.
      if (this.mode === 'hybrid' && (this.#engine.settings?.reranker ?? '') !== '') {
        const found = await ask(false);
        if (this.#pending !== asking) return;
        this.#settle(withRows(found), query);
        this.busy = true;
      }
      const response = await ask(true);
      if (this.#pending === asking) this.#settle(withRows(response), query);
    } catch (error) {
      if (this.#pending !== asking || wasAborted(error, asking.signal)) return;
      this.failure = failureOf(error);
      this.busy = false;
    }
  }

  #settle(response: SearchResponse | null, query: string): void {
    const same = query === this.answered;
    const before = same && this.selected >= 0 ? this.current : null;
    this.response = response;
    this.answered = query;
    this.busy = false;
    this.failure = null;
    if (!same) {
      this.selected = -1;
      this.opened = new Set();
      this.verdicts = new Map();
    }
    // Whoever has gone to a hit stays there, wherever it is now.
    if (!before) return;
    const at = this.rows.findIndex(({ hit }) => hit.chunkId === before.hit.chunkId);
    this.selected =
      at >= 0 ? at : this.rows.findIndex(({ group }) => group.document.id === before.group.document.id);
  }
}

/** Where the hit is in its document's text; null for a document that no text was read from. */
export function rangeOf({ text, range }: Hit): TextRange | null {
  return text === '' ? null : range;
}

/** A document without text has a row as well: a hit that says nothing. */
function withRows(response: SearchResponse): SearchResponse {
  const groups = response.groups.map((group) =>
    group.hits.length > 0 ? group : { ...group, hits: [nothingRead(group)] },
  );
  return { ...response, groups };
}

function nothingRead({ document, score }: SearchGroup): Hit {
  return {
    chunkId: `${document.id}:unread`,
    text: '',
    snippet: '',
    highlights: [],
    sentence: null,
    matchedWords: [],
    headingPath: [],
    page: null,
    range: { start: 0, end: 0 },
    score: { fused: score, lexical: null, lexicalRank: null, dense: null, denseRank: null },
  };
}
