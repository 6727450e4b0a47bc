/**
 * Links that open a document from another program: `llara://open?library=…&document=…&page=…`.
 * A link only ever shows something; none can add, change or delete.
 */
import { appIdentity } from '../app-identity.ts';

export interface DocumentLink {
  library: string;
  documentId: string;
  /** 1-based; null where the format has no pages. */
  page: number | null;
}

export function formatDocumentLink({ library, documentId, page }: DocumentLink): string {
  const query = new URLSearchParams({ library, document: documentId });
  if (page !== null) query.set('page', String(page));
  return `${appIdentity.deepLinkScheme}://open?${query}`;
}

/** Returns null for anything that is not exactly such a link. */
export function parseDocumentLink(text: string): DocumentLink | null {
  if (text.length > 2_000 || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== `${appIdentity.deepLinkScheme}:` || url.host !== 'open') return null;
  const documentId = url.searchParams.get('document') ?? '';
  const library = url.searchParams.get('library') ?? 'default';
  const page = url.searchParams.get('page');
  if (!/^[\w.:-]{1,200}$/.test(documentId) || !/^[a-z0-9][a-z0-9-]{0,40}$/.test(library)) return null;
  if (page !== null && !/^[1-9]\d{0,6}$/.test(page)) return null;
  return { library, documentId, page: page === null ? null : Number(page) };
}

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
