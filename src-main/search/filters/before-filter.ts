/** `before:2024`: changed before the start of that year, month or day. */
import { changedWithin, noDate } from './changed-within.ts';
import { periodOfDate } from './period-of-date.ts';
import type { SearchFilter } from './search-filter.ts';

export const beforeFilter: SearchFilter = {
  read: (value) => {
    const period = periodOfDate(value);
    return period && changedWithin({ from: null, before: period.from });
  },
  refusal: noDate,
};
