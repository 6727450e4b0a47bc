/** `author:ames`, `from:ann@example.org`: a name, an address or a title holds words that begin so, in any order. */
import {
  anyValueHolds,
  type DocumentValueField,
  wordsOfValue,
} from '../../library/manifest/document-values.ts';
import type { SearchFilter } from './search-filter.ts';

export const wordsFilter = (field: DocumentValueField): SearchFilter => ({
  read: (value) => {
    const words = wordsOfValue(value);
    return words.length > 0 ? { documents: anyValueHolds(field, words) } : null;
  },
  refusal: 'holds no word.',
});
