/** The passages that queries are trained against, one behind the other, and the examples that point into them. */
import type { TrainingExample } from '../../llara/training/data/training-example.ts';
import { type AdaptationDocument, type DocumentPassage, passagesOf } from '../adaptation-document.ts';
import type { TrainingPair } from './training-pair.ts';

export class TrainingPassages {
  readonly list: DocumentPassage[] = [];
  readonly #firstOf = new Map<string, number>();

  constructor(documents: readonly AdaptationDocument[]) {
    for (const document of documents) {
      this.#firstOf.set(document.documentId, this.list.length);
      for (const passage of passagesOf(document)) this.list.push(passage);
    }
  }

  /** Of a pair from one of the documents. */
  example({ documentId, chunk, query, positive, following, negative }: TrainingPair): TrainingExample {
    const passage = (this.#firstOf.get(documentId) as number) + chunk;
    return { group: documentId, query, positive, following, negative, passage };
  }
}
