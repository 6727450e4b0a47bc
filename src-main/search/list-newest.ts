/** A question without words, such as `type:pdf after:2024`. */
import type { SearchGroup, SearchRequest, SearchTiming } from '../contract/search.ts';
import { findNewest } from './answers/find-newest.ts';
import { narrowByFilters } from './narrowing.ts';
import { presentAnswer } from './present-answer.ts';
import type { ParsedQuery } from './query-syntax.ts';
import { type SearchContext, timed } from './search-context.ts';

/** Lists what the question narrows to, the newest first. */
export async function listNewest(
  context: SearchContext,
  request: SearchRequest,
  parsed: ParsedQuery,
  timing: SearchTiming,
): Promise<SearchGroup[]> {
  if (parsed.excludedWords.length + parsed.excludedPhrases.length > 0) {
    parsed.notices.push('A search needs something to look for, besides what to leave out.');
    return [];
  }
  const { where, onlyDocuments } = await timed(timing, 'parseMs', () =>
    narrowByFilters(context.set, parsed, context.documentsWhere, parsed.notices),
  );
  if (!where && !onlyDocuments) return [];
  const rows = await timed(timing, 'lexicalMs', () =>
    // Copies among them are folded.
    findNewest(context.set, where ?? 'true', onlyDocuments, request.limit * 2),
  );
  const score = { fused: 0, lexical: null, lexicalRank: null, dense: null, denseRank: null };
  const ranked = rows.map(({ chunkId, documentId }) => {
    const found = { chunkId, documentId, score: 0, words: null };
    return { documentId, score: 0, passages: [{ found, score }] };
  });
  return await presentAnswer(context, request, [], ranked, timing);
}
