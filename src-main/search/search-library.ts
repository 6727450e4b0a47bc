/**
 * A question to a library and its answer: read the question, narrow, retrieve by words and by vectors, rank documents, show
 * passages. It holds no state; a missing or failing encoder makes it answer by words alone, with a notice.
 */
import type { SearchRequest, SearchResponse } from '../contract/search.ts';
import { withinDocument } from './filters/condition.ts';
import { listNewest } from './list-newest.ts';
import { parseQuery } from './query-syntax.ts';
import { rankedAnswer } from './ranked-answer.ts';
import { noTime, type SearchContext, timed } from './search-context.ts';

export async function searchLibrary(
  context: SearchContext,
  request: SearchRequest,
  signal?: AbortSignal,
): Promise<SearchResponse> {
  const startedAtMs = performance.now();
  const timing = noTime();
  const parsed = await timed(timing, 'parseMs', () => parseQuery(request.query));
  if (context.onlyDocument !== undefined)
    parsed.condition = withinDocument(parsed.condition, context.onlyDocument);
  const answer = parsed.text
    ? await rankedAnswer(context, request, parsed, timing, signal)
    : { mode: request.mode, groups: await listNewest(context, request, parsed, timing) };
  timing.totalMs = performance.now() - startedAtMs;
  return { ...answer, notices: parsed.notices, timing };
}
