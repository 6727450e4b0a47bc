/** A passage as the store keeps it: where it is, what it says, and its vector. All of it can be made again from the documents. */
import type { DocumentKind } from '../contract/libraries.ts';

export type ChunkRow = {
  /** `${documentId}:${ordinal}` */
  chunkId: string;
  documentId: string;
  /** Absolute path of the document; what `path:` narrows by. */
  path: string;
  kind: DocumentKind;
  /** Milliseconds since 1970 UTC. */
  modifiedAt: number;
  /** Of the document's bytes; tells whether its rows are those of the file as it is now. */
  contentHash: string;
  ordinal: number;
  text: string;
  /** Document title first, then the headings above the passage. */
  headingPath: string[];
  /** Words by which it is found and which it does not show; left out where there are none. */
  extraWords?: string;
  /** 1-based; null where the format has no pages. */
  page: number | null;
  /** UTF-16 offsets into the document's extracted text. */
  start: number;
  end: number;
  /** L2-normalised, as long as the set's dimension; null in a set of words only, and where it was not asked for. */
  vector: Float32Array | null;
};

/** What showing a passage needs of it. */
export type FoundPassage = Pick<ChunkRow, 'chunkId' | 'text' | 'headingPath' | 'page' | 'start' | 'end'>;
