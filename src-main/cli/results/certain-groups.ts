/** The documents of an answer that are likely to answer; all of them where that is not judged. They stand first. */
import type { SearchGroup, SearchResponse } from '../../contract/search.ts';

export const certainGroups = ({ groups }: Pick<SearchResponse, 'groups'>): SearchGroup[] =>
  groups.filter(({ certain = true }) => certain);
