/** What every reader is: the bytes of one file in, a named outcome out. Readers open no files and keep no state. */
import type { ExtractionOutcome } from '../extraction/extracted-document.ts';

export type ReaderInput = {
  bytes: Uint8Array;
  /** Last part of the path; for the title and for messages. */
  fileName: string;
};

/** May throw on a damaged file; whoever calls it turns that into `failed` with the message. */
export type Reader = (input: ReaderInput) => Promise<ExtractionOutcome>;
