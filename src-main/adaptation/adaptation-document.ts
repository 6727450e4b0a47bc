/**
 * The documents that adaptation works with: their passages in reading order, with vectors where the library has
 * them.
 */
import { passageText } from '../library/passages/passage-text.ts';

export type AdaptationChunk = {
  /** Document title first, then the headings above the passage. */
  headingPath: readonly string[];
  text: string;
  /** Of the bare encoder, as a passage, where the library has it already. */
  vector?: Float32Array | null;
};

export type AdaptationDocument = {
  documentId: string;
  title: string;
  chunks: readonly AdaptationChunk[];
};

/** A passage as the encoder sees it. */
export type DocumentPassage = {
  documentId: string;
  text: string;
  /** Of the bare encoder, where the library has it already. */
  vector: Float32Array | null;
};

/** Where each document's passages begin when those of all stand one after another, by the document's id. */
export function passageOffsets(documents: readonly AdaptationDocument[]): Map<string, number> {
  const offsets = new Map<string, number>();
  let next = 0;
  for (const { documentId, chunks } of documents) {
    offsets.set(documentId, next);
    next += chunks.length;
  }
  return offsets;
}

export function passagesOf({ documentId, chunks }: AdaptationDocument): DocumentPassage[] {
  return chunks.map((chunk) => ({ documentId, text: passageText(chunk), vector: chunk.vector ?? null }));
}
