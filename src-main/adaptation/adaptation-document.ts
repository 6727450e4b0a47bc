/** What adaptation reads: the passages of indexed documents, in reading order, and nothing that was asked about them. */

export type AdaptationChunk = {
  /** Document title first, then the headings above the passage. */
  headingPath: readonly string[];
  text: string;
};

export type AdaptationDocument = {
  documentId: string;
  title: string;
  chunks: readonly AdaptationChunk[];
};
