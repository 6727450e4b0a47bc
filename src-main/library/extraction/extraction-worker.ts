/**
 * Entry of an extraction thread: reads one file after another and answers each once. The pool limits time and
 * memory.
 */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { readerStamp, unopenedStamp } from '../readers/reader-stamp.ts';
import { hasPlaceholder, isPlaceholder, placeholderReason } from '../watching/cloud-placeholder.ts';
import { deadLinkReason } from '../watching/dead-link.ts';
import { extractDocument } from './extract-document.ts';
import type { ExtractedDocument, ExtractionOutcome } from './extracted-document.ts';
import type { Extraction, ExtractionRequest, PoolMessage, ThreadMessage } from './extraction-pool.ts';
import { readAttachments, withoutAttachments } from './read-attachments.ts';
import { type CountTokens, type ReadDocument, readDocument } from './read-document.ts';
import { TokenCounter } from './token-counter.ts';

const elsewhere: Extraction = {
  outcome: { state: 'unsupported', reason: placeholderReason },
  contentHash: null,
  sizeBytes: null,
  reader: unopenedStamp,
};

const extract = async ({ path, maxBytes, bytesOf }: ExtractionRequest): Promise<Extraction> => {
  const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);
  try {
    const stats = await stat(path);
    if (isPlaceholder(stats)) return elsewhere;
    const { size } = stats;
    if (size > maxBytes) {
      const reason = `The file has ${megabytes(size)} MB; files above ${megabytes(maxBytes)} MB are not read.`;
      return { outcome: { state: 'too-large', reason }, contentHash: null, sizeBytes: size, reader: null };
    }
    const buffer = await readFile(path);
    const contentHash = createHash('sha256').update(buffer).digest('hex');
    const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    const reader = readerStamp(basename(path), bytes.subarray(0, 8192));
    const outcome = await extractDocument(basename(path), bytes);
    const extraction: Extraction = {
      outcome: withoutAttachments(outcome),
      contentHash,
      sizeBytes: size,
      reader,
    };
    if (outcome.state === 'indexed' && outcome.attachments) {
      extraction.attachments = await readAttachments(outcome.attachments, (name, content) => {
        // Readers may take the bytes over, so these are a copy.
        if (name === bytesOf) extraction.attachmentBytes = content.slice();
      });
    }
    return extraction;
  } catch (error) {
    if (await hasPlaceholder(path)) return elsewhere;
    const deadLink = await deadLinkReason(path);
    if (deadLink !== null) {
      // As if its reader had read it: what was there is gone, and nothing is to be tried before the scan sees another file.
      const reader = readerStamp(basename(path), new Uint8Array());
      return { outcome: { state: 'failed', reason: deadLink }, contentHash: null, sizeBytes: null, reader };
    }
    const message = error instanceof Error ? error.message : String(error);
    const outcome = { state: 'failed', reason: `The file cannot be opened. (${message})` } as const;
    return { outcome, contentHash: null, sizeBytes: null, reader: unopenedStamp };
  }
};

/** Goes on from the texts to what indexing needs of them. */
const read = async (extraction: Extraction, countTokens: CountTokens): Promise<Extraction<ReadDocument>> => {
  const { attachments, ...own } = extraction;
  const outcome = await readOutcome(extraction.outcome, countTokens);
  if (!attachments) return { ...own, outcome };
  const inner = [];
  for (const one of attachments) inner.push({ ...one, outcome: await readOutcome(one.outcome, countTokens) });
  return { ...own, outcome, attachments: inner };
};

const readOutcome = async (
  outcome: ExtractionOutcome<ExtractedDocument>,
  countTokens: CountTokens,
): Promise<ExtractionOutcome<ReadDocument>> => {
  if (outcome.state !== 'indexed' && outcome.state !== 'scan') return outcome;
  try {
    const document = await readDocument(outcome.document, countTokens);
    return outcome.state === 'indexed' ? { state: 'indexed', document } : { ...outcome, document };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { state: 'failed', reason: `The text cannot be cut into passages. (${message})` };
  }
};

const say = (message: ThreadMessage): void => parentPort?.postMessage(message);
let onCounts: (counts: number[]) => void = () => {};
let fileId = 0;
const counter = new TokenCounter(
  (count) =>
    new Promise((resolve) => {
      onCounts = resolve;
      say({ id: fileId, count });
    }),
);

parentPort?.on('message', async (message: PoolMessage) => {
  if ('counts' in message) {
    onCounts(message.counts);
    return;
  }
  const { id, rules } = message;
  fileId = id;
  const extraction = await extract(message);
  const isForIndex = rules !== undefined;
  say({
    id,
    extraction: isForIndex ? await read(extraction, (texts) => counter.count(texts, rules)) : extraction,
  });
});
say('ready');
