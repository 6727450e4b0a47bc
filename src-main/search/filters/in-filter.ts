/** `in:work,home`: the libraries that are searched. */
import type { SearchFilter } from './search-filter.ts';

export const inFilter: SearchFilter = {
  read: (value) => {
    const libraries = value.toLowerCase().split(',').filter(Boolean);
    return libraries.length > 0 && libraries.every((name) => /^[a-z0-9][a-z0-9-]*$/.test(name))
      ? { libraries }
      : null;
  },
  refusal: 'names no library.',
};
