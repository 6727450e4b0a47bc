/** Gives each pair a hard negative: a passage of another document that shares words with the query but is not its answer. */
import { setImmediate } from 'node:timers/promises';
import { seededRandom } from '../../common/seeded-random.ts';
import { type AdaptationDocument, passagesOf } from '../adaptation-document.ts';
import { LexicalIndex } from './lexical-index.ts';
import type { TrainingPair } from './training-pair.ts';

/** Drawn from the best few rather than the very best, which is too often a true answer. */
const candidateCount = 12;
const pairsPerTurn = 64;

export async function addLexicalNegatives(
  pairs: readonly TrainingPair[],
  documents: readonly AdaptationDocument[],
  options: { seed: number; signal?: AbortSignal },
): Promise<TrainingPair[]> {
  const passages = documents.flatMap(passagesOf);
  const index = new LexicalIndex(passages.map((passage) => passage.text));
  const random = seededRandom(`negatives ${options.seed}`);
  const result: TrainingPair[] = [];
  for (const pair of pairs) {
    // The engine answers searches on this same thread.
    if (result.length % pairsPerTurn === 0) await setImmediate();
    options.signal?.throwIfAborted();
    const candidates = index
      .search(pair.query.slice(0, 600), candidateCount)
      .map((hit) => passages[hit.index])
      .filter((passage) => passage !== undefined && passage.documentId !== pair.group);
    const chosen = candidates.length > 0 ? candidates[random.below(candidates.length)] : undefined;
    result.push({ ...pair, negative: chosen?.text ?? null });
  }
  return result;
}
