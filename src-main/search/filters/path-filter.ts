/** `path:contracts`: the path holds this; `*` stands for any characters. Case does not matter. */
import { quoteIdentifier, quoteLiteral } from '../../store/sql.ts';
import type { SearchFilter } from './search-filter.ts';

export const pathFilter: SearchFilter = {
  read: (path) => ({ sql: `(${[...spellings(path)].map(pathMatches).join(' OR ')})` }),
  refusal: 'is no path.',
};

/** Disks keep an é as one letter or as two, whichever a name was written with. */
const spellings = (path: string): Set<string> => new Set([path.normalize('NFC'), path.normalize('NFD')]);

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
