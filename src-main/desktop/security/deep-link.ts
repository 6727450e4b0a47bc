/** What the desktop app makes of a link that opens a document: an address of its page. */
import { parseDocumentLink } from '../../common/links/document-link.ts';
import type { DocumentLink } from '../../contract/desktop-calls.ts';

/** The page's address for it. */
export function hashOfLink({ library, documentId, page }: DocumentLink): string {
  const query = new URLSearchParams({ library });
  if (page !== null) query.set('page', String(page));
  return `#/document/${encodeURIComponent(documentId)}?${query}`;
}

/** Windows and Linux hand a link over as an argument of a second start. */
export function linkFromArguments(argv: readonly string[]): DocumentLink | null {
  for (const argument of argv) {
    const link = parseDocumentLink(argument);
    if (link) return link;
  }
  return null;
}
