/**
 * Which reader, in which version, had the last look at a file. A file that could not be read is looked at again once another reader
 * would be asked: one that is new, or one that has changed.
 */
import { type DocumentKind, documentKinds } from '../../contract/formats.ts';
import { documentKind } from '../extraction/document-kind.ts';

/**
 * Raised, from 1, when a reader gets text out of files that it failed on or found empty before: all such files of its kind are then
 * read again. What it has read already stays as it is.
 */
const readerVersions: Partial<Record<DocumentKind, number>> = { pdf: 3, picture: 2 };

/** Raised when a file's first bytes tell more of its kind than before; what its name tells is noticed without that. */
const kindVersion = 1;

/** The file could not be opened, so no reader has seen it. */
export const unopenedStamp = 'unopened';

/** `head` is the beginning of the file, some kilobytes of it, or nothing where it was not read. */
export const readerStamp = (fileName: string, head: Uint8Array): string => {
  const { kind } = documentKind(fileName, head);
  return kind ? kindStamp(kind) : noReaderStamp(fileName);
};

/** False for a file that no reader, or a former one, has looked at. */
export const isCurrentStamp = (stamp: string | null, fileName: string): boolean => {
  if (stamp === null || stamp === unopenedStamp) return false;
  const kind = kindOfReader(stamp);
  return stamp === (kind ? kindStamp(kind) : noReaderStamp(fileName));
};

/** The kind of document that the reader reads; null for a file that none has looked at. */
export const kindOfReader = (stamp: string | null): DocumentKind | null => {
  const name = stamp?.split(' ')[0];
  return documentKinds.find((kind) => kind === name) ?? null;
};

const kindStamp = (kind: DocumentKind): string => `${kind} ${readerVersions[kind] ?? 1}`;

const noReaderStamp = (fileName: string): string => {
  const { kind } = documentKind(fileName, new Uint8Array());
  return `none ${kindVersion} despite ${kind ? kindStamp(kind) : 'no'} name`;
};
