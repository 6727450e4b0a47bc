/** Answers a question by plain word matches in the fake documents; types and paths narrow it, the rest of the syntax is ignored. */
import type { SearchGroup, SearchRequest, SearchResponse } from '../../../src-main/contract/search.ts';
import { searchFilterNames } from '../../../src-main/contract/tables/search-filters.ts';
import type { FakeDocument } from './fake-documents.ts';

export function fakeSearch(
  documents: readonly FakeDocument[],
  { query, mode }: Pick<SearchRequest, 'query' | 'mode'>,
): SearchResponse {
  const kinds = [...query.matchAll(/type:(\w+)/g)].map((match) => match[1]);
  const paths = [...query.matchAll(/path:(?:"([^"]+)"|(\S+))/g)].map((match) => match[1] ?? match[2]!);
  const operators = new RegExp(`(${searchFilterNames.join('|')}):("[^"]*"|\\S+)`, 'g');
  const words =
    query
      .replace(operators, '')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  const groups = documents
    .filter(
      ({ content: { document } }) =>
        (kinds.length === 0 || kinds.includes(document.kind ?? '')) &&
        paths.every((path) => document.path.includes(path)),
    )
    .map((document) => groupOf(document, words))
    .filter((group) => group.hits.length > 0)
    .sort((a, b) => b.score - a.score);
  return {
    mode,
    groups,
    notices: [],
    timing: {
      parseMs: 0.2,
      encodeMs: 6,
      lexicalMs: 3,
      denseMs: 4,
      fuseMs: 0.3,
      rerankMs: 0,
      presentMs: 1,
      totalMs: 14.5,
    },
  };
}

function groupOf({ content, passages }: FakeDocument, words: readonly string[]): SearchGroup {
  const hits = passages.flatMap((passage, index) => {
    const text = content.text.slice(passage.start, passage.end);
    const matched = words.filter((word) => new RegExp(`\\b${word}`, 'i').test(text));
    if (matched.length === 0) return [];
    const highlights = matched.flatMap((word) =>
      [...text.matchAll(new RegExp(`\\b${word}\\w*`, 'gi'))].map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
      })),
    );
    const page = content.pages.find(({ start, end }) => passage.start >= start && passage.start < end);
    return [
      {
        chunkId: `${content.document.id}-${index}`,
        text,
        snippet: text.replaceAll('\n', ' '),
        highlights,
        sentence: sentenceOf(text, matched),
        matchedWords: [...new Set(highlights.map(({ start, end }) => text.slice(start, end)))],
        headingPath: passage.headingPath,
        page: page?.page ?? null,
        range: { start: passage.start, end: passage.end },
        score: {
          fused: 0.03 * matched.length,
          lexical: 2.1 * matched.length,
          lexicalRank: index + 1,
          dense: index === 0 ? 0.71 : null,
          denseRank: index === 0 ? 2 : null,
        },
      },
    ];
  });
  return { document: content.document, score: hits.reduce((sum, hit) => sum + hit.score.fused, 0), hits };
}

/** The sentence with most of the words. */
function sentenceOf(text: string, words: readonly string[]): { start: number; end: number } | null {
  const segments = [
    ...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text.replaceAll('\n', ' ')),
  ];
  const countOf = (sentence: string) =>
    words.filter((word) => new RegExp(`\\b${word}`, 'i').test(sentence)).length;
  const best = segments.reduce((one, other) => (countOf(other.segment) > countOf(one.segment) ? other : one));
  if (countOf(best.segment) === 0) return null;
  return { start: best.index, end: best.index + best.segment.trimEnd().length };
}
