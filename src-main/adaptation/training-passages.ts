/** The passages that queries are trained against, one behind the other, and the examples that point into them. */
import { passageText } from '../library/passage-text.ts';
import type { TrainingExample } from '../llara/training/training-example.ts';
import type { AdaptationDocument } from './adaptation-document.ts';
import type { TrainingPair } from './training-pair.ts';

export type TrainingPassage = {
  documentId: string;
  text: string;
  /** Of the bare encoder, where the library has it already. */
  vector: Float32Array | null;
};

export class TrainingPassages {
  readonly list: TrainingPassage[] = [];
  readonly #firstOf = new Map<string, number>();

  constructor(documents: readonly AdaptationDocument[]) {
    for (const { documentId, chunks } of documents) {
      this.#firstOf.set(documentId, this.list.length);
      for (const chunk of chunks) {
        this.list.push({ documentId, text: passageText(chunk), vector: chunk.vector ?? null });
      }
    }
  }

  /** Of a pair from one of the documents. */
  example({ documentId, chunk, query, positive, following, negative }: TrainingPair): TrainingExample {
    const passage = (this.#firstOf.get(documentId) as number) + chunk;
    return { group: documentId, query, positive, following, negative, passage };
  }
}
