/** The documents of an answer in another order than by how well they fit. What answers stays above what only resembles. */
import type { Document } from '../../../src-main/contract/libraries.ts';
import type { SearchGroup } from '../../../src-main/contract/search.ts';
import { documentDate } from './document-date.ts';

export type ResultOrder = 'fit' | 'folder' | 'date' | 'name' | 'size';

/** Those that fit as well stay in their order. */
export function sortGroups(groups: readonly SearchGroup[], order: ResultOrder): readonly SearchGroup[] {
  if (order === 'fit') return groups;
  if (order === 'folder') return byFolder(groups);
  return [...groups].sort((a, b) => doubt(a) - doubt(b) || compare[order](a, b));
}

const doubt = ({ certain = true }: SearchGroup): number => (certain ? 0 : 1);

const dateOf = ({ document }: SearchGroup): number => documentDate(document);

const compare: Record<Exclude<ResultOrder, 'fit' | 'folder'>, (a: SearchGroup, b: SearchGroup) => number> = {
  date: (a, b) => dateOf(b) - dateOf(a),
  name: (a, b) => a.document.title.localeCompare(b.document.title, undefined, { numeric: true }),
  size: (a, b) => b.document.sizeBytes - a.document.sizeBytes,
};

/** Folders in the order of what fits best in each; within one, the documents as they were. */
function byFolder(groups: readonly SearchGroup[]): readonly SearchGroup[] {
  const first = new Map<string, number>();
  for (const [at, group] of groups.entries()) {
    const folder = `${doubt(group)} ${folderOf(group.document)}`;
    if (!first.has(folder)) first.set(folder, at);
  }
  const placeOf = (group: SearchGroup) => first.get(`${doubt(group)} ${folderOf(group.document)}`)!;
  return [...groups].sort((a, b) => doubt(a) - doubt(b) || placeOf(a) - placeOf(b));
}

/** The folder of a document as a person knows it: below the library's folder, or that folder's own name. */
export function folderOf({ path, relativePath }: Pick<Document, 'path' | 'relativePath'>): string {
  const below = relativePath.split('/').slice(0, -1).join('/');
  return below || (path.split(/[/\\]/).at(-2) ?? '');
}
