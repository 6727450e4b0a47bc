/** Notices a filter whose name is mistyped, or called as another program calls it. */
import { filterFacts, searchFilterNames } from '../../contract/tables/search-filters.ts';
import { nearestName } from '../filters/reading/nearest-name.ts';

const otherNames = new Map(
  searchFilterNames.flatMap((name) => filterFacts(name).mistakenFor.map((other) => [other, name] as const)),
);

/** A sentence for a word such as `tpye:pdf`; null for all others, addresses and times among them. */
export function suggestFilter(word: string): string | null {
  const [, key = '', value] = /^(\p{L}+):([\p{L}\p{N}<>=#*"“][^\s]*)$/u.exec(word) ?? [];
  if (value === undefined) return null;
  const name = otherNames.get(key.toLowerCase()) ?? nearestName(key, searchFilterNames);
  if (!name || name === key.toLowerCase()) return null;
  return `There is no filter “${key}:”; did you mean ${name}:${value}? “${word}” is searched for as plain words.`;
}
