/** The documents of an answer in another order than by how well they fit. What answers stays above what only resembles. */
import type { SearchGroup } from '../../../src-main/contract/search.ts';

export type ResultOrder = 'fit' | 'date' | 'name' | 'size';

/** Those that fit as well stay in their order. */
export function sortGroups(groups: readonly SearchGroup[], order: ResultOrder): readonly SearchGroup[] {
  if (order === 'fit') return groups;
  return [...groups].sort((a, b) => doubt(a) - doubt(b) || compare[order](a, b));
}

const doubt = ({ certain = true }: SearchGroup): number => (certain ? 0 : 1);

/** A document's own date says more than that of its file, which a copy or a download renews. */
const dateOf = ({ document }: SearchGroup): number => document.facts?.date ?? document.modifiedAt;

const compare: Record<Exclude<ResultOrder, 'fit'>, (a: SearchGroup, b: SearchGroup) => number> = {
  date: (a, b) => dateOf(b) - dateOf(a),
  name: (a, b) => a.document.title.localeCompare(b.document.title, undefined, { numeric: true }),
  size: (a, b) => b.document.sizeBytes - a.document.sizeBytes,
};
