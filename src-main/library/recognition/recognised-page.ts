/** What text recognition makes of one page: its text, and where each word stands on the picture of the page. */

/** In pixels of the picture. */
export type WordBox = { left: number; top: number; width: number; height: number };

export type RecognisedWord = WordBox & { text: string };

export type RecognisedPage = {
  /** Of the picture, upright. */
  width: number;
  height: number;
  /** Empty where the picture shows no text. */
  text: string;
  /** In the order of the text. */
  words: RecognisedWord[];
};

/**
 * Every page ends in one of these. `changed`: the file is not the one that was asked about any more; `unable`: no page can be read, as with
 * language data that is damaged.
 */
export type PageOutcome =
  | { state: 'read'; page: RecognisedPage }
  | { state: 'failed'; reason: string }
  | { state: 'changed'; reason: string }
  | { state: 'unable'; reason: string };

/** Where the bytes of a document come from: its file, or what it was taken out of. */
export type PageSource = { path: string } | { bytes: Uint8Array };

export type PageRequest = {
  source: PageSource;
  /** SHA-256 of the bytes in hex, as they were when the document was read. */
  contentHash: string;
  kind: 'pdf' | 'picture';
  /** From 1. */
  page: number;
  /** Names of the files of language data, without their ending. */
  languages: readonly string[];
  /** Folder of these files. */
  directory: string;
};
