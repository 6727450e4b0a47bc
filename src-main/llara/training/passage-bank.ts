/**
 * Queries against a library whose vectors stay as they are: a softmax over all of its passages, drawn towards what each query should
 * find. Every passage is a negative, none has to be embedded, and what was indexed remains valid for the adapter that comes of it.
 */
import { dot } from './contrastive-loss.ts';
import type { TrainingExample } from './training-example.ts';

/** What a query should find: shares that sum to 1. */
export type BankTargets = {
  /** The document that the query is from: its other passages do not count as wrong. */
  readonly group: string;
  readonly passages: Int32Array;
  readonly shares: Float32Array;
};

export type PassageBank = {
  /** Unit vectors of the bare encoder. */
  readonly vectors: readonly Float32Array[];
  /** The document of each passage. */
  readonly groups: readonly string[];
  targetsOf(example: TrainingExample): BankTargets;
};

export type BankResult = { loss: number; queryGradients: Float32Array[] };

/** Shares too small to move anything are left out of the gradient. */
const smallestSlope = 1e-6;

/** Mean cross-entropy between targets and softmax(q · v / temperature), and `weight` times its gradients at the queries. */
export function bankLoss(
  queries: readonly Float32Array[],
  targets: readonly BankTargets[],
  bank: Pick<PassageBank, 'vectors' | 'groups'>,
  { temperature, weight }: { temperature: number; weight: number },
): BankResult {
  const { vectors, groups } = bank;
  const slopes = new Float64Array(vectors.length);
  let loss = 0;
  const queryGradients = queries.map((query, index) => {
    const { group, passages, shares } = targets[index] as BankTargets;
    const wanted = new Set(passages);
    let peak = -Infinity;
    vectors.forEach((vector, at) => {
      const isRival = groups[at] !== group || wanted.has(at);
      const score = isRival ? dot(query, vector) / temperature : -Infinity;
      slopes[at] = score;
      if (score > peak) peak = score;
    });
    let total = 0;
    passages.forEach((passage, at) => {
      loss -= ((shares[at] as number) * ((slopes[passage] as number) - peak)) / queries.length;
    });
    for (let at = 0; at < slopes.length; at++) {
      const share = Math.exp((slopes[at] as number) - peak);
      slopes[at] = share;
      total += share;
    }
    loss += Math.log(total) / queries.length;
    for (let at = 0; at < slopes.length; at++) slopes[at]! /= total;
    passages.forEach((passage, at) => {
      slopes[passage]! -= shares[at] as number;
    });
    return weightedSum(vectors, slopes, weight / (temperature * queries.length), query.length);
  });
  return { loss, queryGradients };
}

function weightedSum(
  vectors: readonly Float32Array[],
  weights: Float64Array,
  factor: number,
  width: number,
): Float32Array {
  const sum = new Float32Array(width);
  vectors.forEach((vector, at) => {
    const weight = weights[at] as number;
    if (Math.abs(weight) < smallestSlope) return;
    for (let i = 0; i < width; i++) sum[i]! += factor * weight * vector[i]!;
  });
  return sum;
}
