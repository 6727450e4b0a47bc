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
  /** How the page lets it be set without typing: `more` is a text that has its own chip only while it is set; null where it does not. */
  readonly chip: 'kinds' | 'text' | 'from' | 'until' | 'more' | null;
  /** What people type in its place; they are told of the name. */
  readonly mistakenFor: readonly string[];
}

export const searchFilters = {
  type: {
    label: 'Type',
    examples: ['pdf', 'md,txt'],
    help: 'documents of this kind, or of one of several',
    repeated: 'any',
    chip: 'kinds',
    mistakenFor: ['kind', 'filetype', 'ext', 'format'],
  },
  path: {
    label: 'Path',
    examples: ['contracts', '"my files/2024"'],
    help: 'documents whose path holds this; * stands for any characters',
    repeated: 'all',
    chip: 'text',
    mistakenFor: ['folder', 'file', 'filename', 'dir', 'name'],
  },
  after: {
    label: 'On or after',
    examples: ['2024-05', '2024'],
    help: 'documents dated on or after the start of that year, month or day; the date is the document’s own, else that of its file',
    repeated: 'all',
    chip: 'from',
    mistakenFor: ['since', 'newer'],
  },
  before: {
    label: 'Before',
    examples: ['2025-06-30', '2024'],
    help: 'documents dated before the start of that year, month or day',
    repeated: 'all',
    chip: 'until',
    mistakenFor: ['until', 'older'],
  },
  date: {
    label: 'Own date',
    examples: ['2024-05', '2023..2024'],
    help: 'documents that state a date of their own within that year, month or day, or from one to another',
    repeated: 'all',
    chip: 'more',
    mistakenFor: ['dated', 'year', 'month', 'day'],
  },
  title: {
    label: 'Title',
    examples: ['lease', '"annual report"'],
    help: 'documents whose title holds words that begin so',
    repeated: 'all',
    chip: 'more',
    mistakenFor: ['subject'],
  },
  author: {
    label: 'Author',
    examples: ['ames', '"ann ames"'],
    help: 'documents by somebody whose name holds words that begin so',
    repeated: 'all',
    chip: 'more',
    mistakenFor: ['by', 'creator', 'writer'],
  },
  from: {
    label: 'From',
    examples: ['ann@example.org', 'ames'],
    help: 'messages whose sender’s name or address holds words that begin so',
    repeated: 'all',
    chip: 'more',
    mistakenFor: ['sender'],
  },
  to: {
    label: 'To',
    examples: ['ann@example.org', 'ames'],
    help: 'messages whose recipients’ names or addresses hold words that begin so',
    repeated: 'all',
    chip: 'more',
    mistakenFor: ['recipient', 'cc'],
  },
  tag: {
    label: 'Tag',
    examples: ['invoice', 'work,home'],
    help: 'documents that carry this tag or one below it, or one of several; * stands for any characters',
    repeated: 'all',
    chip: 'more',
    mistakenFor: ['tags', 'label', 'keyword', 'category'],
  },
  lang: {
    label: 'Language',
    examples: ['de', 'french,it'],
    help: 'documents in this language, or in one of several, by its code or English name',
    repeated: 'any',
    chip: 'more',
    mistakenFor: ['language', 'locale'],
  },
  size: {
    label: 'Size',
    examples: ['>5MB', '<200KB', '1MB..20MB'],
    help: 'documents larger or smaller than this, or between two sizes',
    repeated: 'all',
    chip: 'more',
    mistakenFor: ['bytes', 'larger', 'smaller'],
  },
  in: {
    label: 'Library',
    examples: ['letters', 'work,home', 'all'],
    help: 'what is in this library, or in several at once; all stands for every one',
    repeated: 'any',
    chip: 'more',
    mistakenFor: ['library', 'collection'],
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
