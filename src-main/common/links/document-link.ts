/**
 * Links that open a document: `llara://open?library=…&document=…&page=…`. The desktop app follows them, and assistant programs
 * are given them as the names of documents. A link only ever shows something; none can add, change or delete.
 */
import type { DocumentLink } from '../../contract/desktop-calls.ts';

const scheme = 'llara';

export function formatDocumentLink({ library, documentId, page }: DocumentLink): string {
  const query = new URLSearchParams({ library, document: documentId });
  if (page !== null) query.set('page', String(page));
  return `${scheme}://open?${query}`;
}

/** Returns null for anything that is not exactly such a link. */
export function parseDocumentLink(text: string): DocumentLink | null {
  if (text.length > 2_000 || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== `${scheme}:` || url.host !== 'open') return null;
  const documentId = url.searchParams.get('document') ?? '';
  const library = url.searchParams.get('library') ?? 'default';
  const page = url.searchParams.get('page');
  if (!/^[\w.:-]{1,200}$/.test(documentId) || !/^[a-z0-9][a-z0-9-]{0,40}$/.test(library)) return null;
  if (page !== null && !/^[1-9]\d{0,6}$/.test(page)) return null;
  return { library, documentId, page: page === null ? null : Number(page) };
}
