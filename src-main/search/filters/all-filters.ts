/** Every filter with what it does. One that is declared in the contract and has no line here does not compile. */
import type { SearchFilterName } from '../../contract/tables/search-filters.ts';
import { afterFilter } from './after-filter.ts';
import { beforeFilter } from './before-filter.ts';
import { dateFilter } from './date-filter.ts';
import { inFilter } from './in-filter.ts';
import { languageFilter } from './language-filter.ts';
import { pathFilter } from './path-filter.ts';
import type { SearchFilter } from './search-filter.ts';
import { sizeFilter } from './size-filter.ts';
import { tagFilter } from './tag-filter.ts';
import { typeFilter } from './type-filter.ts';
import { wordsFilter } from './words-filter.ts';

export const allFilters: Record<SearchFilterName, SearchFilter> = {
  type: typeFilter,
  path: pathFilter,
  after: afterFilter,
  before: beforeFilter,
  date: dateFilter,
  title: wordsFilter('title'),
  author: wordsFilter('author'),
  from: wordsFilter('from'),
  to: wordsFilter('to'),
  tag: tagFilter,
  lang: languageFilter,
  size: sizeFilter,
  in: inFilter,
};
