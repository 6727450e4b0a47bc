/**
 * Has the first passages read by a reranker where a person has chosen one. It may fail, be gone or take too long: the order is then as it was,
 * and a notice says why.
 */
import type { SearchRequest, SearchTiming } from '../../contract/search.ts';
import { passagesOfQuestion } from '../../contract/tables/second-look.ts';
import { passageText } from '../../library/passages/passage-text.ts';
import type { ParsedQuery } from '../query-syntax.ts';
import { type SearchContext, timed } from '../search-context.ts';
import type { NamedDocument } from './lift-named.ts';
import type { RankedPassage } from './rank-documents.ts';
import { rerankPassages } from './rerank-passages.ts';

export type Asked = {
  request: SearchRequest;
  /** What is read, and where a notice goes. */
  parsed: Pick<ParsedQuery, 'text' | 'notices'>;
  named: readonly NamedDocument[];
};

/** Throws `signal.reason` once aborted, and nothing else. */
export async function secondLook(
  { set, rerank, onlyDocument }: SearchContext,
  { request, parsed, named }: Asked,
  passages: RankedPassage[],
  timing: SearchTiming,
  signal?: AbortSignal,
): Promise<RankedPassage[]> {
  if (!rerank || request.rerank === false || request.mode !== 'hybrid' || onlyDocument !== undefined)
    return passages;
  // A document that is asked for by its name comes first whatever its passages say.
  if (passages.length < 2 || named.some(({ isExact }) => isExact)) return passages;
  const first = passages.slice(0, passagesOfQuestion);
  return await timed(timing, 'rerankMs', async () => {
    try {
      const rows = await set.readFound(first.map(({ found }) => found));
      const texts = first
        .map(({ found }) => rows.get(found.chunkId))
        .map((row) => (row ? passageText(row) : ''));
      const scores = await rerank(parsed.text, texts, signal);
      if (scores.length < texts.length)
        parsed.notices.push(
          `The reranker had time for ${scores.length} of the first ${texts.length} passages; the others stay behind them.`,
        );
      return rerankPassages(passages, scores);
    } catch (error) {
      signal?.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      parsed.notices.push(`The reranker did not take part, so the order is as without it. ${reason}`);
      return passages;
    }
  });
}
