/** All that one document holds for a question, where a search shows its best passages alone. */
import { AppError } from '../../common/app-error.ts';
import { type PassagesRequest, type PassagesResponse, searchRequestSchema } from '../../contract/search.ts';
import { searchLibrary } from '../../search/search-library.ts';
import type { LibrarySession } from '../library-session.ts';

/** Throws `not-found` for a document that the library does not know. */
export async function passagesOf(
  session: LibrarySession,
  { documentId, query, mode, limit }: PassagesRequest,
  signal?: AbortSignal,
): Promise<PassagesResponse> {
  if (!session.documents.get(documentId))
    throw new AppError('not-found', 'This document is no longer in the library.');
  const request = { ...searchRequestSchema.parse({ query, mode, limit: 1 }), passagesPerDocument: limit };
  const response = await session.answer((context) =>
    searchLibrary({ ...context, onlyDocument: documentId }, request, signal),
  );
  return { mode: response.mode, hits: response.groups[0]?.hits ?? [], notices: response.notices };
}
