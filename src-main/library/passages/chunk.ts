/**
 * A passage of a document: the unit that is embedded, searched and shown. (“Chunk” in names of types and columns
 * is the same thing.)
 */

export type Chunk = {
  /** Position among the document's passages, from 0. */
  ordinal: number;
  text: string;
  /** Document title first, then the headings above the passage. */
  headingPath: string[];
  /** 1-based page on which the passage starts; null where the format has no pages. */
  page: number | null;
  /** UTF-16 offsets into the document's extracted text. */
  start: number;
  end: number;
  /** Words by which it is found and which it does not show; left out where there are none. */
  extraWords?: string;
};
