/** What resembles a passage or a document of a library, which the person has before them. */

import { AppError } from '../../common/app-error.ts';
import type { SimilarRequest, SimilarResponse } from '../../contract/search.ts';
import { similarPassages } from '../../search/answers/similar-passages.ts';
import type { LibrarySession } from '../library-session.ts';
import { passageText } from './passage-text.ts';

/** Throws `not-found` for a document or passage that the library does not know. */
export async function findSimilar(
  session: LibrarySession,
  request: SimilarRequest,
  signal?: AbortSignal,
): Promise<SimilarResponse> {
  const document = session.documents.get(request.documentId);
  if (!document) throw new AppError('not-found', 'This document is no longer in the library.');
  const { chunkId } = request;
  if (chunkId !== undefined && !(await passageText(session, chunkId)))
    throw new AppError('not-found', 'This passage is no longer in the library.');
  const { groups, notices } = await session.answer((context) => similarPassages(context, request, signal));
  return { groups: groups.map((group) => session.withPlaces(group, group.document.id)), notices };
}
