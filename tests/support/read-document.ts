/** Reads a file that is made up on the spot; anything but text is a failure of the test. */
import { strToU8 } from 'fflate';
import { extractDocument } from '../../src-main/library/extraction/extract-document.ts';
import type { ExtractedDocument } from '../../src-main/library/extraction/extracted-document.ts';

export const readDocument = async (
  fileName: string,
  content: string | Uint8Array,
): Promise<ExtractedDocument> => {
  const outcome = await extractDocument(fileName, typeof content === 'string' ? strToU8(content) : content);
  if (outcome.state !== 'indexed') throw new Error(`${outcome.state}: ${outcome.reason}`);
  return outcome.document;
};
