/**
 * Links that lead nowhere. One that is called like a document is shown among the documents, since a person expects the document there; of
 * others, such as those of programs, there is nothing to say.
 */
import { lstat, readlink, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { kindByName } from '../extraction/document-kind.ts';
import type { FoundFile } from '../manifest/manifest-document.ts';

/** The link as a file without content, or null for anything else at this path. */
export const deadDocumentLink = async (path: string, relativePath: string): Promise<FoundFile | null> => {
  if (kindByName(basename(path)) === undefined) return null;
  const stats = await lstat(path).catch(() => null);
  if (!stats?.isSymbolicLink()) return null;
  return { path, relativePath, sizeBytes: 0, modifiedAt: Math.floor(stats.mtimeMs) };
};

/** Says where a link leads that leads nowhere; null for anything else. */
export const deadLinkReason = async (path: string): Promise<string | null> => {
  const target = await readlink(path).catch(() => null);
  const isThere = await stat(path).then(
    () => true,
    (error) => error.code !== 'ENOENT' && error.code !== 'ELOOP',
  );
  return target === null || isThere ? null : `This is a link to ${target}, and nothing is there.`;
};
