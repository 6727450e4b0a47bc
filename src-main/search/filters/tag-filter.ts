/** `tag:work,home`: documents with one of these tags, or with one below it such as `work/clients`. */
import { anyValueLike } from '../../library/manifest/document-values.ts';
import type { SearchFilter } from './search-filter.ts';

export const tagFilter: SearchFilter = {
  read: (value) => {
    const tags = value
      .split(',')
      .map((tag) => tag.trim().replace(/^#/, ''))
      .filter(Boolean);
    return tags.length > 0
      ? {
          documents: anyValueLike(
            'tag',
            tags.flatMap((tag) => [tag, `${tag}/*`]),
          ),
        }
      : null;
  },
  refusal: 'names no tag.',
};
