/**
 * Puts the answers of several libraries in one order. In each, scores are scaled to 0…1, so that the best of a library that knows nothing
 * would stand beside the best of one that answers; so each library's scores count by how good its best is beside those of the others, in
 * words (BM25) and, among libraries with one encoder, in meaning (cosine).
 */
import type { SearchGroup, SearchRequest, SearchResponse, SearchTiming } from '../../contract/search.ts';
import { noTime } from '../../search/search-context.ts';

type LibraryAnswer = { library: string; encoderId: string | null; response: SearchResponse };

export function mergeResponses(
  answers: readonly LibraryAnswer[],
  { mode, limit }: Pick<SearchRequest, 'mode' | 'limit'>,
  notices: readonly string[],
): SearchResponse {
  const bestWords = Math.max(0, ...answers.map((answer) => bestOf(answer, 'lexical')));
  const groups = answers.flatMap((answer) => {
    const peers = answers.filter(({ encoderId }) => encoderId === answer.encoderId);
    const bestMeaning = Math.max(0, ...peers.map((peer) => bestOf(peer, 'dense')));
    const parts = [
      ...(bestWords > 0 ? [bestOf(answer, 'lexical') / bestWords] : []),
      ...(bestMeaning > 0 ? [bestOf(answer, 'dense') / bestMeaning] : []),
    ];
    const strength = parts.length > 0 ? parts.reduce((sum, part) => sum + part, 0) / parts.length : 1;
    return answer.response.groups.map((group) => weighed(group, answer.library, strength));
  });
  const judged = answers.map(({ response }) => response).filter(({ confident }) => confident !== undefined);
  const isRanked = groups.some(({ score }) => score > 0);
  groups.sort(
    (a, b) =>
      doubtOf(a) - doubtOf(b) ||
      (isRanked ? b.score - a.score : b.document.modifiedAt - a.document.modifiedAt),
  );
  return {
    // The least that any of them answered by.
    mode: answers.some(({ response }) => response.mode === 'lexical') ? 'lexical' : mode,
    groups: groups.slice(0, limit),
    // One library that answers is enough.
    ...(judged.length > 0 && {
      confidence: Math.max(...judged.map(({ confidence = 0 }) => confidence)),
      confident: judged.some(({ confident }) => confident),
    }),
    notices: [...notices, ...new Set(answers.flatMap(noticesOf))],
    timing: longest(answers.map(({ response }) => response.timing)),
  };
}

/** Clients draw one line, between what answers and what merely resembles. */
const doubtOf = ({ certain = true }: SearchGroup): number => (certain ? 0 : 1);

function bestOf({ response }: LibraryAnswer, part: 'lexical' | 'dense'): number {
  return Math.max(0, ...response.groups.flatMap(({ hits }) => hits.map(({ score }) => score[part] ?? 0)));
}

function weighed(group: SearchGroup, library: string, strength: number): SearchGroup {
  return { ...group, library, score: group.score * strength };
}

/** What every library says is said once; what one says, with its name. */
function noticesOf({ library, response }: LibraryAnswer, _: number, all: readonly LibraryAnswer[]): string[] {
  return response.notices.map((notice) =>
    all.every((other) => other.response.notices.includes(notice)) ? notice : `${library}: ${notice}`,
  );
}

/** They worked side by side. */
function longest(timings: readonly SearchTiming[]): SearchTiming {
  return timings.reduce((a, b) => (b.totalMs > a.totalMs ? b : a), noTime());
}
