/** `after:2024-05`: dated on or after the start of that year, month or day. */
import { changedWithin, noDate, suggestDate } from './reading/changed-within.ts';
import { periodOfDate } from './reading/period-of-date.ts';
import type { SearchFilter } from './search-filter.ts';

export const afterFilter: SearchFilter = {
  read: (value) => {
    const period = periodOfDate(value);
    return period && changedWithin({ from: period.from, before: null });
  },
  refusal: noDate,
  suggest: suggestDate,
};
