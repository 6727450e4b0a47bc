/** A passage as the store keeps it: where it is, what it says, and its vector. All of it can be made again from the documents. */
import type { DocumentKind } from '../contract/libraries.ts';

/** What searches are narrowed by; the same in every table. */
export type DocumentFacts = {
  /** Absolute path of the document; what `path:` narrows by. */
  path: string;
  kind: DocumentKind;
  /** Milliseconds since 1970 UTC. */
  modifiedAt: number;
};

export type PassageRow = DocumentFacts & {
  /** `${documentId}:${ordinal}` */
  chunkId: string;
  documentId: string;
  /** Of the document's bytes; tells whether its rows are those of the file as it is now. */
  contentHash: string;
  ordinal: number;
  /** ISO 639-1 of the text, by which its words are stemmed; null where it could not be told. */
  language: string | null;
  text: string;
  /** Document title first, then the headings above the passage. */
  headingPath: string[];
  /** Words by which it is found and which it does not show; left out where there are none. */
  extraWords?: string;
  /** Its words as the word index holds them; made when it is written, where they are left out. Rows that are read have none. */
  terms?: string;
  /** 1-based; null where the format has no pages. */
  page: number | null;
  /** UTF-16 offsets into the document's extracted text. */
  start: number;
  end: number;
};

/** What an encoder makes of a passage. */
export type PassageVectors = {
  /** L2-normalised and as long as its table's dimension. */
  vector: Float32Array;
  /** Vectors of its parts, see `packed-windows.ts`; null where the encoder makes none, or a version before did not. */
  windows: Uint8Array | null;
};

export type VectorRow = DocumentFacts &
  Pick<PassageRow, 'chunkId' | 'documentId' | 'contentHash'> &
  PassageVectors;

/** `vector` is null where the passage has none yet, and where it was not asked for. */
export type ChunkRow = PassageRow & { vector: Float32Array | null; windows?: Uint8Array | null };

/** What showing a passage needs of it. */
export type FoundPassage = Pick<
  PassageRow,
  'chunkId' | 'language' | 'text' | 'headingPath' | 'page' | 'start' | 'end'
>;
