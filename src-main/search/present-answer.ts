/** Ranked documents as an answer: copies folded where a person wants so, then the passages' text. */
import type { SearchGroup, SearchRequest, SearchTiming } from '../contract/search.ts';
import { foldCopies } from './answers/fold-copies.ts';
import { presentGroups } from './present-groups.ts';
import type { RankedDocument } from './ranking/rank-documents.ts';
import { type SearchContext, timed } from './search-context.ts';
import type { WeighedWord } from './words/weigh-question.ts';

export const presentAnswer = (
  { set, documents, familiesOf }: SearchContext,
  { limit, passagesPerDocument, foldCopies: isFolded = true }: SearchRequest,
  words: readonly WeighedWord[],
  ranked: readonly RankedDocument[],
  timing: SearchTiming,
): Promise<SearchGroup[]> =>
  timed(timing, 'presentMs', () =>
    presentGroups({
      ...{ set, words, documents, limit, passagesPerDocument },
      ranked: familiesOf && isFolded ? foldCopies(ranked, limit, familiesOf) : ranked,
    }),
  );
