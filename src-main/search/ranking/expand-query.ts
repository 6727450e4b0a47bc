/**
 * Pseudo-relevance feedback with vectors: the question moves towards the passages that words and vectors together put first, so that the
 * second look finds what resembles them (Rocchio; for dense retrieval: arXiv 2108.11044). It decides nothing about words.
 */
import { unitVector } from '../../common/vectors/unit-vector.ts';

/** So few because one wrong passage among them pulls the question away; both values from the table in docs/search.md. */
export const feedbackCount = 3;
const feedbackWeight = 1;

/** All vectors are unit vectors of one length; so is the result. Without feedback the question stays as it is. */
export function expandQuery(
  question: Float32Array,
  feedback: readonly Float32Array[],
  weight: number = feedbackWeight,
): Float32Array {
  if (feedback.length === 0) return question;
  const expanded = question.map((value, index) => {
    const sum = feedback.reduce((total, vector) => total + vector[index]!, 0);
    return value + (weight * sum) / feedback.length;
  });
  return unitVector(expanded) ?? question;
}
