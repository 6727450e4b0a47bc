/** `date:2024-05`: changed within that year, month or day. */
import { changedWithin, noDate } from './changed-within.ts';
import { periodOfDate } from './period-of-date.ts';
import type { SearchFilter } from './search-filter.ts';

export const dateFilter: SearchFilter = {
  read: (value) => {
    const period = periodOfDate(value);
    return period && changedWithin(period);
  },
  refusal: noDate,
};
