/** The meaning of filters by date: when a document was last changed, for a period open to one side or to none. */
import { quoteIdentifier } from '../../store/sql.ts';
import type { FilterMeaning, Period } from './search-filter.ts';

/** Said of a value that is no date. */
export const noDate = 'holds no date; write it as 2024, 2024-05 or 2024-05-17.';

export function changedWithin(period: Period): FilterMeaning {
  const column = quoteIdentifier('modifiedAt');
  const bounds = [
    ...(period.from === null ? [] : [`${column} >= ${Number(period.from)}`]),
    ...(period.before === null ? [] : [`${column} < ${Number(period.before)}`]),
  ];
  return { sql: bounds.join(' AND '), period };
}
