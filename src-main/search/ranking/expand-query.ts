/**
 * Pseudo-relevance feedback with vectors: the question moves towards the passages that words and vectors together put first, so that the
 * second look finds what resembles them (Rocchio; for dense retrieval: arXiv 2108.11044). It decides nothing about words.
 */
import { unitVector } from '../../common/vectors/unit-vector.ts';
import { rankingSettings } from './ranking-settings.ts';

/** All vectors are unit vectors of one length; so is the result. Without feedback the question stays as it is. */
export function expandQuery(
  question: Float32Array,
  feedback: readonly Float32Array[],
  weight: number = rankingSettings.feedback.weight,
): Float32Array {
  if (feedback.length === 0) return question;
  const expanded = question.map((value, index) => {
    const sum = feedback.reduce((total, vector) => total + vector[index]!, 0);
    return value + (weight * sum) / feedback.length;
  });
  return unitVector(expanded) ?? question;
}
