/**
 * Reads the documents inside a document: files sent with a message, messages in a mailbox, and what is inside those in turn. Each is a
 * document of its own. Those that no reader takes are passed over, and pictures too small for a page, which belong to signatures: the message names
 * them.
 */
import { createHash } from 'node:crypto';
import { insideMark } from '../manifest/inside-path.ts';
import { readerStamp } from '../readers/reader-stamp.ts';
import { mayBePage } from '../recognition/picture-limits.ts';
import { extractDocument } from './extract-document.ts';
import type { Attachment, ExtractedDocument, ExtractionOutcome } from './extracted-document.ts';

export type ReadAttachment<Content = ExtractedDocument> = {
  /** Names from the outermost inwards, as in `reply.eml › offer.pdf`; no two of a file are the same. */
  name: string;
  outcome: ExtractionOutcome<Content>;
  contentHash: string;
  sizeBytes: number;
  /** As of `readerStamp`. */
  reader: string;
};

const maxDepth = 4;
const maxCount = 20_000;

/** In order; those inside an attachment follow it. `onBytes` sees the bytes of each before they are read. */
export const readAttachments = async (
  attachments: readonly Attachment[],
  onBytes: (name: string, bytes: Uint8Array) => void = () => {},
): Promise<ReadAttachment[]> => {
  const found: ReadAttachment[] = [];
  const taken = new Set<string>();
  const read = async (within: readonly Attachment[], path: string, depth: number): Promise<void> => {
    for (const { name, bytes } of within) {
      if (found.length >= maxCount) return;
      const fullName = freeName(`${path}${plainName(name)}`, taken);
      const sizeBytes = bytes.length;
      const contentHash = createHash('sha256').update(bytes).digest('hex');
      const reader = readerStamp(plainName(name), bytes.subarray(0, 8192));
      onBytes(fullName, bytes);
      const outcome = await extractDocument(plainName(name), bytes);
      if (outcome.state === 'unsupported') continue;
      if (reader.startsWith('picture ') && !mayBePage(bytes)) continue;
      taken.add(fullName);
      const inner = outcome.state === 'indexed' ? (outcome.attachments ?? []) : [];
      found.push({ name: fullName, outcome: withoutAttachments(outcome), contentHash, sizeBytes, reader });
      if (depth < maxDepth) await read(inner, `${fullName}${insideMark}`, depth + 1);
    }
  };
  await read(attachments, '', 1);
  return found;
};

/** What crosses to another thread and is kept: attachments have outcomes of their own by then. */
export const withoutAttachments = (outcome: ExtractionOutcome): ExtractionOutcome =>
  outcome.state === 'indexed' ? { state: 'indexed', document: outcome.document } : outcome;

const plainName = (name: string): string =>
  name
    .replace(/[\s/\\]+/g, ' ')
    .trim()
    .slice(0, 200) || 'attachment';

/** `scan.pdf`, then `scan (2).pdf`. */
const freeName = (name: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(name)) return name;
  const dot = name.lastIndexOf('.');
  const at = dot > name.lastIndexOf(insideMark) + insideMark.length ? dot : name.length;
  for (let number = 2; ; number++) {
    const candidate = `${name.slice(0, at)} (${number})${name.slice(at)}`;
    if (!taken.has(candidate)) return candidate;
  }
};
