/** `before:2024`: dated before the start of that year, month or day. */
import { changedWithin, noDate, suggestDate } from './reading/changed-within.ts';
import { periodOfDate } from './reading/period-of-date.ts';
import type { SearchFilter } from './search-filter.ts';

export const beforeFilter: SearchFilter = {
  read: (value) => {
    const period = periodOfDate(value);
    return period && changedWithin({ from: null, before: period.from });
  },
  refusal: noDate,
  suggest: suggestDate,
};
