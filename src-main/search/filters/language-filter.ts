/** `lang:de`, `lang:french`: documents in one of these languages, by ISO 639-1 code or English name. */
import { anyValueLike } from '../../library/manifest/document-values.ts';
import { nearestName } from './reading/nearest-name.ts';
import type { SearchFilter } from './search-filter.ts';

const codes = (
  'af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko la lb lo ' +
  'lt lv mk ml mn mr ms mt my nb ne nl nn no pa pl ps pt ro ru sa sk sl sq sr sv sw ta te tg th tl tr uk ur uz vi yi zh zu'
).split(' ');
const names = new Intl.DisplayNames('en', { type: 'language' });
const codeByName = new Map(codes.map((code) => [names.of(code)?.toLowerCase() ?? code, code]));

export const languageFilter: SearchFilter = {
  read: (value) => {
    const wanted = value.split(',').filter(Boolean).map(codeOf);
    const known = wanted.filter((code) => code !== undefined);
    return known.length > 0 && known.length === wanted.length
      ? { documents: anyValueLike('lang', known) }
      : null;
  },
  refusal: 'names no language; write its code or English name, such as de or german.',
  suggest: (value) => nearestName(value, [...codeByName.keys()]),
};

/** `en-GB` is English. */
function codeOf(value: string): string | undefined {
  const wanted = value.trim().toLowerCase();
  const [code = ''] = wanted.split(/[-_]/);
  return codeByName.get(wanted) ?? (codes.includes(code) ? code : undefined);
}
