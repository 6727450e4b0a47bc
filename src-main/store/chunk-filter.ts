/** What a search is narrowed to before anything is ranked, and its form as an SQL condition. */
import type { DocumentKind } from '../contract/libraries.ts';
import { isOneOf, quoteIdentifier, quoteLiteral } from './sql.ts';

export type ChunkFilter = {
  /** Each must be part of the path; `*` stands for any characters. Case does not matter. */
  paths: string[];
  excludedPaths: string[];
  /** Any of these; empty for all. */
  kinds: DocumentKind[];
  excludedKinds: DocumentKind[];
  /** Milliseconds since 1970: at or after, and before. */
  modifiedFrom: number | null;
  modifiedBefore: number | null;
};

/** Null where nothing is narrowed. */
export function filterToSql(filter: ChunkFilter): string | null {
  const modifiedAt = quoteIdentifier('modifiedAt');
  const conditions = [
    ...filter.paths.map(pathMatches),
    ...filter.excludedPaths.map((path) => `NOT ${pathMatches(path)}`),
    ...(filter.kinds.length > 0 ? [isOneOf('kind', filter.kinds)] : []),
    ...(filter.excludedKinds.length > 0 ? [`NOT ${isOneOf('kind', filter.excludedKinds)}`] : []),
    ...(filter.modifiedFrom === null ? [] : [`${modifiedAt} >= ${Number(filter.modifiedFrom)}`]),
    ...(filter.modifiedBefore === null ? [] : [`${modifiedAt} < ${Number(filter.modifiedBefore)}`]),
  ];
  return conditions.length > 0 ? conditions.map((condition) => `(${condition})`).join(' AND ') : null;
}

/** Windows writes `\`; a person may type either. With none left in path or pattern, `\` can escape what LIKE gives a meaning. */
function pathMatches(path: string): string {
  const pattern = path
    .toLowerCase()
    .replaceAll('\\', '/')
    .split('*')
    .map((part) => part.replace(/[%_]/g, (character) => `\\${character}`))
    .join('%');
  const column = `replace(lower(${quoteIdentifier('path')}), ${quoteLiteral('\\')}, ${quoteLiteral('/')})`;
  return `${column} LIKE ${quoteLiteral(`%${pattern}%`)} ESCAPE ${quoteLiteral('\\')}`;
}
