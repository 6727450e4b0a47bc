/** Filters are chips on the page and operators in the query language; this is where one becomes the other. */
import { type SearchFilterName, searchFilterNames } from '../../src-main/contract/tables/search-filters.ts';

/** The values set of each filter; a filter without any is left out. */
export type ChipValues = Readonly<Partial<Record<SearchFilterName, readonly string[]>>>;

export const noFilters: ChipValues = {};

/** Without values that say nothing; `noFilters` itself where none is left. */
export function withChips(filters: ChipValues, change: ChipValues): ChipValues {
  const next = Object.entries({ ...filters, ...change }).flatMap(([name, values]) => {
    const set = values.filter((value) => value.trim() !== '');
    return set.length > 0 ? [[name, set] as const] : [];
  });
  return next.length > 0 ? Object.fromEntries(next) : noFilters;
}

/** The typed text followed by the operators of the chips; an empty text stays empty, for a filter alone asks nothing. */
export function composeQuery(text: string, filters: ChipValues): string {
  const words = text.trim();
  if (words === '') return '';
  const operators = searchFilterNames.flatMap((name) =>
    (filters[name] ?? []).map((value) => `${name}:${quoted(value.trim())}`),
  );
  return [words, ...operators].join(' ');
}

function quoted(value: string): string {
  return /[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}
