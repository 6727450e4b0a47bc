/** `tag:work,home`: documents with one of these tags, or with one below it such as `work/clients`. */
import { carriesAnyTag } from '../../library/manifest/document-values.ts';
import type { SearchFilter } from './search-filter.ts';

export const tagFilter: SearchFilter = {
  read: (value) => {
    const tags = value
      .split(',')
      .map((tag) => tag.trim().replace(/^#/, ''))
      .filter(Boolean);
    return tags.length > 0 ? { documents: carriesAnyTag(tags) } : null;
  },
  refusal: 'names no tag.',
};
