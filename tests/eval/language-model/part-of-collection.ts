/** Takes so much of a test collection that a language model can be taught and asked in minutes. */
import { seededRandom, shuffled } from '../../../src-main/common/seeded-random.ts';
import type { BeirCollection } from '../../../src-main/search/evaluation/beir-collection.ts';

/**
 * Questions in a random order, with all the documents that answer them, while there is room for `documents`; then as many of all questions whose
 * answers are there as `questions` allows, and documents drawn at random up to `documents`.
 */
export function partOfCollection(
  collection: BeirCollection,
  limits: { documents: number; questions: number; seed: number },
): BeirCollection {
  const { corpus, queries, judgements } = collection;
  const present = new Set(corpus.map(({ id }) => id));
  const answersOf = (id: string) =>
    [...(judgements.get(id) ?? [])].flatMap(([document, grade]) =>
      grade > 0 && present.has(document) ? document : [],
    );
  const random = seededRandom(`part ${limits.seed}`);
  const order = shuffled(queries, random);
  const taken = new Set<string>();
  for (const { id } of order) {
    const missing = answersOf(id).filter((document) => !taken.has(document));
    if (taken.size + missing.length <= limits.documents) for (const document of missing) taken.add(document);
  }
  for (const { id } of shuffled(corpus, random)) if (taken.size < limits.documents) taken.add(id);
  const answered = order.filter(({ id }) => {
    const answers = answersOf(id);
    return answers.length > 0 && answers.every((document) => taken.has(document));
  });
  return {
    ...collection,
    corpus: corpus.filter(({ id }) => taken.has(id)),
    queries: answered.slice(0, limits.questions),
  };
}
