/** A saved search with what is new among its answers since the person last looked. */
import type { SavedSearch } from '../../contract/search.ts';
import { type SearchGroup, searchRequestSchema } from '../../contract/search.ts';
import type { SavedQuestion } from '../../library/manifest/saved-searches.ts';
import { parseQuery } from '../../search/query-syntax.ts';
import type { LibrarySession } from '../library-session.ts';

/** Documents looked at. */
const depth = 50;
/** Vectors put every document somewhere; without a word of the question only the very first are taken for an answer. */
const firstByMeaning = 3;

export async function describeSaved(
  session: LibrarySession,
  saved: SavedQuestion,
  signal?: AbortSignal,
): Promise<SavedSearch> {
  const { query, mode, lookedAt } = saved;
  // Every saved question is asked to count what is new: a reranker would read for minutes.
  const request = searchRequestSchema.parse({
    ...{ query, mode, limit: depth, passagesPerDocument: 1 },
    rerank: false,
  });
  const { groups } = await session.search(request, signal);
  const isFilterOnly = parseQuery(query).text === '';
  const answering = groups.filter(
    (group, index) => isFilterOnly || index < firstByMeaning || isFoundByWords(group),
  );
  const ids = answering.map(({ document }) => document.id);
  const newDocumentIds = session.documents.copies.newSince(lookedAt, ids);
  return { library: session.name, ...saved, newDocumentIds };
}

const isFoundByWords = ({ hits }: SearchGroup): boolean => hits.some(({ score }) => score.lexical !== null);
