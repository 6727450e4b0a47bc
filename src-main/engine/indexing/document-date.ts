/** The date that searches narrow a document by: a message is as old as it says, whenever its file was saved. */
import { viewerOf } from '../../contract/formats.ts';
import type { Document } from '../../contract/libraries.ts';

/** Milliseconds since 1970. */
export function documentDate({
  kind,
  facts,
  modifiedAt,
}: Pick<Document, 'kind' | 'facts' | 'modifiedAt'>): number {
  return (viewerOf(kind) === 'mail' ? facts?.date : undefined) ?? modifiedAt;
}
