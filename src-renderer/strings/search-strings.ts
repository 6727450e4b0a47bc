/** The page's sentences around searching and the documents found. */
import {
  filterFacts,
  type SearchFilterName,
  searchFilterNames,
} from '../../src-main/contract/tables/search-filters.ts';
import { formatNumber } from '../text/format-number.ts';
import { count, ordinal } from './counting.ts';

/** The table's own words, which a translation says anew. */
function factsOfFilters(fact: 'label' | 'help'): Record<SearchFilterName, string> {
  const words = searchFilterNames.map((name) => [name, filterFacts(name)[fact]]);
  return Object.fromEntries(words) as Record<SearchFilterName, string>;
}

export const search = {
  title: 'Search',
  label: 'Search your documents',
  placeholder: 'Ask your documents…',
  clear: 'Clear',
  filters: 'Filters',
  /** Above the field of a chip that takes text. */
  chipHints: {
    path: 'Part of a folder or file name',
    date: 'Own date, such as 2024-05 or 2023..2024',
    size: 'Size, such as >5MB or 1MB..20MB',
    lang: 'Language, such as de or german',
  } as Partial<Record<SearchFilterName, string>>,
  date: 'Changed',
  lastWeek: 'Past week',
  lastMonth: 'Past month',
  lastYear: 'Past year',
  moreFilters: 'More filters',
  clearFilters: 'Clear filters',
  remove: (what: string) => `Remove filter ${what}`,
  since: (date: string) => `Since ${date}`,
  until: (date: string) => `Before ${date}`,
  between: (from: string, to: string) => `${from} to ${to}`,
  mode: 'How to search',
  recent: 'Recent searches',
  summary: (documents: number) => count(documents, 'document', 'documents'),
  took: (milliseconds: number) => `${formatNumber(Math.max(1, Math.round(milliseconds)))} ms`,
  /** Divides what answers from what merely resembles; the former where nothing answers. */
  nothingCertain: 'Nothing certain. The nearest there is:',
  lessCertain: 'Less certain',
  noneCertain: (documents: string) => `Nothing certain in ${documents}`,
  nothingCertainHint: 'Other words may help, or folders that were not added yet.',
  nothing: 'Nothing found.',
  nothingHint:
    'Try other words, or fewer of them. Single words find exact matches; a question finds what it means.',
  nothingFiltered: 'Nothing found with these filters.',
  failed: 'The search could not be answered.',
  results: 'Results',
  further: (passages: number, title: string) =>
    `${count(passages, 'more passage', 'more passages')} of ${title}`,
  reader: 'Reader',
  noText: 'Found by its name; no text was read from it.',
  openWhole: 'Open',
  copy: 'Copy as a quotation',
  copied: 'Copied, with its source.',
  page: (page: number) => `p. ${page}`,
  why: 'Why this hit?',
  helpful: 'Helpful',
  notHelpful: 'Not helpful',
  thanks: 'Noted. It stays on this machine and can train the encoder.',
  more: 'Show more documents',
  emptyTitle: 'Ask in your own words',
  emptyText: (documents: string) => `${documents} ready to search. Names, phrases, or a whole question.`,
  examples: 'From your own documents',
  nothingRead: 'None of your folders holds a document that could be read.',
  nothingReadHint:
    'Add a folder with documents, or see in the library why the files there could not be read.',
  noLibrary: 'There is nothing to search yet.',
  noLibraryHint: 'Add a folder, and its documents become searchable as they are read.',
  addFolder: 'Add a folder',
  syntaxTitle: 'Exact searching',
  syntax: [
    ['"lease ends"', 'this phrase, word for word'],
    ['-draft', 'without this word'],
    ['"may" OR "june"', 'one of two; parentheses group filters and phrases'],
  ] as readonly (readonly [string, string])[],
  filterLabels: factsOfFilters('label'),
  filterHelp: factsOfFilters('help'),
  keys: [
    ['/', 'type a question'],
    ['↑ ↓', 'move through the hits'],
    ['→ ←', 'more passages of a document, or fewer'],
    ['Enter', 'open'],
    ['Space', 'scroll the reader'],
    ['Ctrl Enter', 'open with its program'],
    ['F2', 'copy as a quotation'],
    ['Esc', 'back'],
  ] as readonly (readonly [string, string])[],
  keysTitle: 'Keys',
} as const;

export const why = {
  title: 'Why this hit',
  words: 'Words',
  meaning: 'Meaning',
  rank: (rank: number) => (rank === 1 ? 'best of all passages' : `${ordinal(rank)} of all passages`),
  notReturned: 'not among the best',
  fused: 'Together',
  fusedScale: 'score',
  matched: 'Matching words',
  noWords: 'No word in common: found by what it means.',
  explain: 'Every passage is ranked in both ways. One that is high in either list comes up.',
  lexicalScale: 'score (BM25)',
  denseScale: 'similarity',
} as const;

export const document = {
  back: 'Back to the results',
  backToLibrary: 'Back',
  next: 'Next passage',
  previous: 'Previous passage',
  position: (at: number, of: number) => `Passage ${formatNumber(at)} of ${formatNumber(of)}`,
  passages: 'Passages found here',
  loading: 'Opening the document…',
  failed: 'The document could not be opened.',
  pageOf: (page: number, of: number) => `Page ${formatNumber(page)} of ${formatNumber(of)}`,
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fitPage: 'Show whole pages',
  rotate: 'Turn the pages',
  goToPage: 'Go to page',
  outline: 'Outline',
  find: 'Find in this document',
  findNothing: 'Not there',
  findPosition: (at: number, of: number) => `${formatNumber(at)} of ${formatNumber(of)}`,
  findNext: 'Next place',
  findPrevious: 'Place before',
  changed:
    'This file has changed since it was read. It is being read again; until then, passages may be marked in the wrong place.',
  notLocated: 'The passage could not be marked on this page. Here is its text:',
  asText: 'Plain text',
  openWith: 'Open with its program',
  reveal: 'Show in folder',
  copyLink: 'Copy link',
  linkCopied: 'Link copied.',
  viewer: 'Document',
  pdfFailed: 'The pages could not be drawn, so here is the text that was read from the file.',
  fileFailed: 'The file cannot be read just now, so here is the text that was read from it before.',
  noText: 'No text was found in this document.',
  pictureFailed: 'The picture cannot be shown here.',
  recognised: 'Recognised text',
} as const;
