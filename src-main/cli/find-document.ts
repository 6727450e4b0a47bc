/** Finds a document of a library by its path as a person types it. */
import { resolve } from 'node:path';
import { AppError } from '../common/app-error.ts';
import type { Document } from '../contract/libraries.ts';
import type { EngineClient } from './connect-engine.ts';
import { isMeant, pathsMeant } from './path-as-typed.ts';

const perCall = 1000;

/**
 * A file by its path; a document inside a file, or one of another machine, by the path that a search shows. Throws `not-found` with how to get the
 * file into the library.
 */
export async function findDocument(client: EngineClient, library: string, path: string): Promise<Document> {
  const meant = pathsMeant(path);
  for (const pathContains of meant) {
    for (let offset = 0, total = 1; offset < total; offset += perCall) {
      const page = await client.documents.list({ library, pathContains, offset, limit: perCall });
      const document = page.documents.find((candidate) => isMeant(candidate.path, meant));
      if (document) return document;
      total = page.total;
    }
  }
  throw new AppError(
    'not-found',
    `${resolve(path)} is not in the library "${library}". Add its folder: llara index FOLDER`,
  );
}
