/** Reads the bytes of one file with the reader of its kind. Whatever a reader throws becomes `failed` with its message. */
import { readerTable } from '../readers/reader-table.ts';
import { documentKind } from './document-kind.ts';
import type { ExtractionOutcome } from './extracted-document.ts';

/** The same bytes and name always give the same outcome. `bytes` may be taken over by the reader; do not use them afterwards. */
export const extractDocument = async (fileName: string, bytes: Uint8Array): Promise<ExtractionOutcome> => {
  if (bytes.length === 0) return { state: 'empty', reason: 'The file is empty.' };
  const decision = documentKind(fileName, bytes.subarray(0, 8192));
  if (decision.kind === null) return { state: 'unsupported', reason: decision.reason };
  try {
    return await readerTable[decision.kind].read({ bytes, fileName });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { state: 'failed', reason: `The file cannot be read; it may be damaged. (${message})` };
  }
};
