/** Documents: the list with their states, and their content for the document view. */
import { openAsBlob } from 'node:fs';
import { AppError } from '../../common/app-error.ts';
import type { Document } from '../../contract/libraries.ts';
import { nameInside } from '../../library/manifest/inside-path.ts';
import type { Engine } from '../engine.ts';
import { readAgain } from '../folders/read-again.ts';
import { documentText } from '../indexing/document-text.ts';
import { indexRequest } from '../jobs/kinds/index-job.ts';
import type { LibrarySession } from '../library-session.ts';
import { fileIsElsewhere, storedText } from '../sharing/stored-text.ts';
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
      bytesOf: nameInside(document.path, filePath),
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
      list: procedures.documents.list.handler(async ({ input: { library, withFacets, ...filter } }) => {
        const session = engine.libraries.get(library);
        // What is known is listed where the store cannot be asked.
        await session.refresh().catch(() => false);
        const { total, documents } = session.documents.list(filter);
        return {
          total,
          documents: documents.map((document) => session.withPlaces(document, document.id)),
          ...(withFacets ? { facets: session.documents.facets(filter) } : {}),
        };
      }),
      text: procedures.documents.text.handler(async ({ input, signal }) => {
        const { session, document } = find(input.library, input.documentId);
        if (session.isReadOnly) return await storedText(session, document);
        const shown = await documentText(session, document, { ...engine.readSettings(), signal });
        if (shown.changedAt !== null) engine.jobs.submit(indexRequest(input.library));
        return shown;
      }),
      bytes: procedures.documents.bytes.handler(async ({ input, signal }) => {
        const { session, document } = find(input.library, input.documentId);
        if (session.isReadOnly) throw fileIsElsewhere(session, document);
        if (document.container)
          return await attachmentBytes(session, document, document.container.path, signal);
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
      words: procedures.documents.words.handler(({ input }) => {
        const { session, document } = find(input.library, input.documentId);
        const stored = document.contentHash
          ? session.recognised.get(document.contentHash, input.page)
          : undefined;
        if (!stored || 'failure' in stored)
          throw new AppError('not-found', `Page ${input.page} of ${document.path} has no recognised text.`);
        const { width, height, words } = stored.page;
        return { width, height, words };
      }),
      tag: procedures.documents.tag.handler(({ input: { library, documentIds, ...change } }) => {
        const session = engine.libraries.getWritable(library);
        const documents = documentIds.map((documentId) => find(library, documentId).document);
        session.documents.transaction(() => session.documents.tags.change(documents, change));
        session.changed();
        return session.documents.getMany(documentIds);
      }),
      tags: procedures.documents.tags.handler(async ({ input }) => {
        const session = engine.libraries.get(input.library);
        await session.refresh().catch(() => false);
        return session.documents.countTags();
      }),
      reindex: procedures.documents.reindex.handler(({ input }) => {
        for (const documentId of input.documentIds) {
          const { session } = find(input.library, documentId);
          readAgain(engine.libraries.getWritable(session.name), documentId);
        }
        return { jobId: engine.jobs.submit(indexRequest(input.library)).id };
      }),
    },
  };
}
