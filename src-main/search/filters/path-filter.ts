/** `path:contracts`: the path holds this; `*` stands for any characters. Case does not matter. */
import { quoteIdentifier, quoteLiteral } from '../../store/sql.ts';
import type { SearchFilter } from './search-filter.ts';

export const pathFilter: SearchFilter = {
  read: (path) => ({ sql: pathMatches(path) }),
  refusal: 'is no path.',
};

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
