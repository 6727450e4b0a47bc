/** Documents: the list with their states, and their content for the document view, read anew from disk. */
import { openAsBlob } from 'node:fs';
import { AppError } from '../../common/app-error.ts';
import type { Document } from '../../contract/libraries.ts';
import { insideMark } from '../../library/extraction/read-attachments.ts';
import type { Engine } from '../engine.ts';
import { indexRequest } from '../job-requests.ts';
import type { LibrarySession } from '../library-session.ts';
import { procedures } from './procedures.ts';

export function documentHandlers(engine: Engine) {
  const find = (library: string, documentId: string) => {
    const session = engine.libraries.get(library);
    const document = session.documents.get(documentId);
    if (!document) throw new AppError('not-found', 'This document is no longer in the library.');
    return { session, document };
  };
  const attachmentBytes = async (
    session: LibrarySession,
    document: Document,
    filePath: string,
    signal: AbortSignal | undefined,
  ) => {
    const { attachmentBytes } = await session.extraction.extract(filePath, {
      ...engine.readSettings(),
      bytesOf: nameInside(document),
      ...(signal ? { signal } : {}),
    });
    if (attachmentBytes) return new Blob([new Uint8Array(attachmentBytes)]);
    throw new AppError(
      'path-not-readable',
      `${document.path} cannot be opened. Its file may have changed; re-index to bring the library up to date.`,
    );
  };
  return {
    documents: {
      list: procedures.documents.list.handler(({ input: { library, ...filter } }) =>
        engine.libraries.get(library).documents.list(filter),
      ),
      text: procedures.documents.text.handler(async ({ input, signal }) => {
        const { session, document } = find(input.library, input.documentId);
        const { container } = document;
        const { outcome: ofFile, attachments } = await session.extraction.extract(container?.path ?? document.path, {
          ...engine.readSettings(),
          signal,
        });
        const outcome = container ? attachments?.find(({ name }) => name === nameInside(document))?.outcome : ofFile;
        if (outcome?.state !== 'indexed') {
          throw new AppError(
            'path-not-readable',
            `${document.path} cannot be shown: ${outcome?.reason ?? 'The file does not hold it any more; re-index to bring the library up to date.'}`,
          );
        }
        const { text, pages, headings } = outcome.document;
        const { contentHash: _, ...shown } = document;
        return { document: shown, text, pages, headings };
      }),
      bytes: procedures.documents.bytes.handler(async ({ input, signal }) => {
        const { session, document } = find(input.library, input.documentId);
        if (document.container) return await attachmentBytes(session, document, document.container.path, signal);
        try {
          return await openAsBlob(document.path);
        } catch (error) {
          throw new AppError(
            'path-not-readable',
            `${document.path} cannot be opened. It may have been moved; re-index to find it.`,
            {
              cause: error,
            },
          );
        }
      }),
      reindex: procedures.documents.reindex.handler(({ input }) => {
        for (const documentId of input.documentIds) {
          const { session } = find(input.library, documentId);
          session.reread(documentId);
        }
        return { jobId: engine.jobs.submit(indexRequest(input.library)).id };
      }),
    },
  };
}

/** Of a document inside a file, as its reader names it. */
const nameInside = ({ path, container }: Document): string => path.slice((container?.path ?? '').length + insideMark.length);
