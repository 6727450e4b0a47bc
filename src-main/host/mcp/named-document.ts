/** How an assistant names a document: by its id or by its link. */
import { z } from 'zod';
import { AppError } from '../../common/app-error.ts';
import { parseDocumentLink } from '../../common/links/document-link.ts';
import type { DocumentLink } from '../../contract/desktop-calls.ts';

export const documentInput = {
  documentId: z.string().min(1).max(200).optional().describe('As given by search or list'),
  link: z.string().max(2_000).optional().describe('A llara:// link, in place of documentId'),
};

/** Throws `bad-request` where neither names one. */
export function namedDocument(input: {
  documentId?: string | undefined;
  link?: string | undefined;
  library: string;
}): DocumentLink {
  if (input.link !== undefined) {
    const link = parseDocumentLink(input.link);
    if (link) return link;
    throw new AppError('bad-request', `${input.link.slice(0, 200)} is no link to a document of Llara.`);
  }
  if (input.documentId !== undefined)
    return { library: input.library, documentId: input.documentId, page: null };
  throw new AppError('bad-request', 'Name the document by documentId or by link, as search gives them.');
}
