/** `type:pdf`, `type:md,txt`: documents of these kinds, by the kind's name or by what people call it. */
import { documentKinds, formats, kindsNamed } from '../../contract/formats.ts';
import { isOneOf } from '../../store/sql.ts';
import { nearestName } from './reading/nearest-name.ts';
import type { SearchFilter } from './search-filter.ts';

export const typeFilter: SearchFilter = {
  read: (value) => {
    const kinds = value.split(',').filter(Boolean).map(kindsNamed);
    return kinds.every((named) => named.length > 0) ? { sql: isOneOf('kind', kinds.flat()) } : null;
  },
  refusal: `names no kind of document; there are ${documentKinds.join(', ')}.`,
  suggest: (value) =>
    nearestName(value, [...new Set(formats.flatMap(({ kind, aliases }) => [kind, ...aliases]))]),
};
