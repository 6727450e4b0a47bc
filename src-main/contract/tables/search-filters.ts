/**
 * The filters that a question may hold, such as `path:contracts`, in one table: the query syntax, the page's chips and help,
 * the command line's help, the text for assistants and the table in docs/guide/search.md derive from it. What a filter does to
 * a search is in search/filters/, one file each.
 */

export interface SearchFilterFacts {
  /** What the page calls it. */
  readonly label: string;
  /** Values as one types them after the colon; the first stands for all of them where there is little room. */
  readonly examples: readonly [string, ...string[]];
  /** Completes “finds …”. */
  readonly help: string;
  /** Several of it: `any` widens, as a document is of one kind only, `all` narrows further. */
  readonly repeated: 'all' | 'any';
  /** How the page lets it be set without typing; null where it does not. */
  readonly chip: 'kinds' | 'text' | 'from' | 'until' | null;
}

export const searchFilters = {
  type: {
    label: 'Type',
    examples: ['pdf', 'md,txt'],
    help: 'documents of this kind, or of one of several',
    repeated: 'any',
    chip: 'kinds',
  },
  path: {
    label: 'Path',
    examples: ['contracts', '"my files/2024"'],
    help: 'documents whose path holds this; * stands for any characters',
    repeated: 'all',
    chip: 'text',
  },
  after: {
    label: 'On or after',
    examples: ['2024-05', '2024'],
    help: 'documents changed on or after the start of that year, month or day',
    repeated: 'all',
    chip: 'from',
  },
  before: {
    label: 'Before',
    examples: ['2025-06-30', '2024'],
    help: 'documents changed before the start of that year, month or day',
    repeated: 'all',
    chip: 'until',
  },
  date: {
    label: 'Changed in',
    examples: ['2024-05', '2024'],
    help: 'documents changed within that year, month or day',
    repeated: 'all',
    chip: null,
  },
} as const satisfies Record<string, SearchFilterFacts>;

export type SearchFilterName = keyof typeof searchFilters;

export const searchFilterNames = Object.keys(searchFilters) as SearchFilterName[];

/** The facts without the narrow types of the table. */
export function filterFacts(name: SearchFilterName): SearchFilterFacts {
  return searchFilters[name];
}

/** `path:contracts`: the filter as one types it, with its first example. */
export function filterExample(name: SearchFilterName): string {
  return `${name}:${filterFacts(name).examples[0]}`;
}
