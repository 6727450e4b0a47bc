/** Filters are chips on the page and operators in the query language; this is where one becomes the other. */
import { documentKinds } from '../../src-main/contract/formats.ts';
import {
  filterFacts,
  type SearchFilterName,
  searchFilterNames,
} from '../../src-main/contract/tables/search-filters.ts';

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

/** The other way: operators at the end become chips where a chip can hold what they say; everything else stays text. */
export function decomposeQuery(query: string): { text: string; filters: ChipValues } {
  const filters: Partial<Record<SearchFilterName, string[]>> = {};
  let text = query.trim();
  for (;;) {
    const last = /\s(\w+):(?:"([^"]+)"|([^\s"()]+))$/.exec(text);
    const name = searchFilterNames.find((one) => one === last?.[1]);
    const value = last?.[2] ?? last?.[3] ?? '';
    if (!last || !name || !fitsChip(name, value)) break;
    filters[name] = [value, ...(filters[name] ?? [])];
    text = text.slice(0, last.index).trimEnd();
  }
  return Object.keys(filters).length > 0 ? { text, filters } : { text, filters: noFilters };
}

function fitsChip(name: SearchFilterName, value: string): boolean {
  const { chip } = filterFacts(name);
  if (chip === 'kinds') return documentKinds.some((kind) => kind === value);
  if (chip === 'from' || chip === 'until') return /^\d{4}-\d\d-\d\d$/.test(value);
  return chip !== null;
}

function quoted(value: string): string {
  return /[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}
