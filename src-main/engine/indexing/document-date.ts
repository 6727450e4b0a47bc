/**
 * Decides which date filters compare: that of a message for messages, since its file may have been saved at any
 * time, and that of the file for the rest.
 */
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
