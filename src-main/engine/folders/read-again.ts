/** Marks documents so that the next index run reads them again, changed or not. */
import type { LibrarySession } from '../library-session.ts';

type Reread = Pick<LibrarySession, 'documents' | 'recognised'>;

/** A document inside a file is read with the file. */
export function readAgain({ documents }: Pick<Reread, 'documents'>, documentId: string): void {
  const fileId = documents.get(documentId)?.container?.documentId ?? documentId;
  documents.forgetContent(fileId);
  documents.markPending(fileId);
}

export function readAllAgain({ documents }: Pick<Reread, 'documents'>): void {
  documents.transaction(() => documents.anew.askAll());
}

/** What text recognition has made of this library's documents is made anew once they wait for it again. */
export function forgetRecognised({ documents, recognised }: Pick<Reread, 'documents' | 'recognised'>): void {
  const done = recognised.done();
  recognised.clear();
  documents.transaction(() => {
    for (const { id, contentHash } of documents.all())
      if (contentHash !== null && done.has(contentHash)) readAgain({ documents }, id);
  });
}
