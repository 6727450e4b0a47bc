import { createHash } from 'node:crypto';

/** The same whenever the collection is measured, since an adaptation draws its questions and its documents by their ids. */
export function fixedDocumentId(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 32);
}
