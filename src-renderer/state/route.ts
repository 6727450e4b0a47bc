/** Addresses of the page. They live in the hash, so that a reload, the back key and a deep link all land in the same place. */
import type { SearchMode } from '../../src-main/contract/search.ts';
import { searchFilterNames } from '../../src-main/contract/tables/search-filters.ts';
import { type ChipValues, noFilters, withChips } from './compose-query.ts';

/** A question as it was asked: its words, the way of searching, and the chips. */
export interface Asked {
  readonly text: string;
  readonly mode: SearchMode;
  readonly filters: ChipValues;
}

export type Route =
  | { readonly view: 'quick' | 'answer' | 'adapt' | 'models' | 'settings' | 'welcome' }
  | {
      readonly view: 'search';
      /** Left out where nothing is asked. */
      readonly asked?: Asked;
    }
  | {
      readonly view: 'library';
      /** The folder to offer for adding, '' to ask for one; without it, no folder is to be added. */
      readonly add?: string;
    }
  | {
      readonly view: 'document';
      readonly documentId: string;
      /** Offsets of the passage in the document's extracted text; null opens the document at its start. */
      readonly start: number | null;
      readonly end: number | null;
      /** 1-based page to open at where no passage is given. */
      readonly page: number | null;
      /** Null means the library in use. */
      readonly library: string | null;
    };

/** Where a document is opened: at a passage, or at its start. `library` is left out for the one in use. */
export function documentRoute(
  documentId: string,
  range: { readonly start: number; readonly end: number } | null = null,
  library: string | null = null,
): Route {
  const { start, end } = range ?? { start: null, end: null };
  return { view: 'document', documentId, start, end, page: null, library };
}

/** The compiler keeps this list whole; the schema itself would bring the schema library into the page. */
const searchModes = Object.keys({ hybrid: true, lexical: true, dense: true } satisfies Record<
  SearchMode,
  true
>) as SearchMode[];
const plainViews = [
  'search',
  'quick',
  'answer',
  'library',
  'adapt',
  'models',
  'settings',
  'welcome',
] as const;

/** An address nobody knows leads to the search. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?');
  const [view = '', ...rest] = path.split('/');
  if (view === 'document' && rest.length > 0) {
    const parameters = new URLSearchParams(query);
    return {
      view: 'document',
      documentId: decodeURIComponent(rest.join('/')),
      start: offsetOf(parameters.get('start')),
      end: offsetOf(parameters.get('end')),
      page: offsetOf(parameters.get('page')),
      library: parameters.get('library'),
    };
  }
  if (view === 'search') {
    const asked = parseAsked(new URLSearchParams(query));
    return asked ? { view: 'search', asked } : { view: 'search' };
  }
  const add = new URLSearchParams(query).get('add');
  if (view === 'library' && add !== null) return { view: 'library', add };
  const known = plainViews.find((name) => name === view);
  return { view: known ?? 'search' };
}

export function formatRoute(route: Route): string {
  if (route.view === 'library' && route.add !== undefined) {
    return `#/library?${new URLSearchParams({ add: route.add })}`;
  }
  if (route.view === 'search' && route.asked) return `#/search${formatAsked(route.asked)}`;
  if (route.view !== 'document') return `#/${route.view}`;
  const parameters = new URLSearchParams();
  if (route.start !== null) parameters.set('start', String(route.start));
  if (route.end !== null) parameters.set('end', String(route.end));
  if (route.page !== null) parameters.set('page', String(route.page));
  if (route.library !== null) parameters.set('library', route.library);
  const query = parameters.size > 0 ? `?${parameters}` : '';
  return `#/document/${encodeURIComponent(route.documentId)}${query}`;
}

/** Null where nothing is asked that differs from a fresh search. */
function parseAsked(parameters: URLSearchParams): Asked | null {
  const asked = {
    text: parameters.get('q') ?? '',
    mode: searchModes.find((mode) => mode === parameters.get('mode')) ?? 'hybrid',
    filters: withChips(
      noFilters,
      Object.fromEntries(searchFilterNames.map((name) => [name, parameters.getAll(name)])),
    ),
  };
  return formatAsked(asked) === '' ? null : asked;
}

function formatAsked({ text, mode, filters }: Asked): string {
  const parameters = new URLSearchParams();
  if (text !== '') parameters.set('q', text);
  if (mode !== 'hybrid') parameters.set('mode', mode);
  for (const name of searchFilterNames) {
    for (const value of filters[name] ?? []) parameters.append(name, value);
  }
  return parameters.size > 0 ? `?${parameters}` : '';
}

function offsetOf(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}
