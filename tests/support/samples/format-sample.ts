/** A small document, and what must be found in it. */
export type FormatSample = {
  fileName: string;
  bytes: () => Uint8Array;
  /** What must stand in the text that is read; nothing for a picture, whose text is recognised later. */
  finds: readonly string[];
  /** Titles of the first headings. */
  headings?: readonly string[];
  title?: string;
  /** The test that goes into the format's details. */
  test: string;
};
