/**
 * Applies the contrastive loss to a step's queries, against a bank of passages or against the batch's own, and
 * writes the gradients.
 */

import type { TokenisedExample } from '../data/example-tokeniser.ts';
import type { EmbeddedText, EmbeddingGradients, PooledBranch } from '../graph/branches.ts';
import type { Objective } from '../loop/training-settings.ts';
import type { BankLoss, SoftTargets } from './bank-loss.ts';
import { contrastiveLoss } from './contrastive-loss.ts';

export type Contrasted = {
  examples: readonly TokenisedExample[];
  /** Of queries first, then of positives, then of negatives; of queries alone where there is a bank. */
  embedded: readonly EmbeddedText[];
  gradients: readonly EmbeddingGradients[];
};

export async function contrastQueries(
  { examples, embedded, gradients }: Contrasted,
  { temperature, contrastive: weight }: Objective,
  bankLoss: BankLoss | undefined,
): Promise<number> {
  const count = examples.length;
  const queries = embedded.slice(0, count).map(({ next }) => (next as PooledBranch).embedding);
  const setQueryGradients = (values: readonly Float32Array[]) => {
    values.forEach((gradient, index) => {
      gradients[index]?.next?.set(gradient);
    });
  };
  if (bankLoss) {
    const targets = examples.map((example) => example.softTargets as SoftTargets);
    const { loss, queryGradients } = await bankLoss.of(queries, targets, { temperature, weight });
    setQueryGradients(queryGradients);
    return loss;
  }
  const groups = [
    ...examples.map(({ group }) => group),
    ...examples.flatMap(({ negative }) => (negative ? [null] : [])),
  ];
  const result = contrastiveLoss(
    queries,
    embedded.slice(count).map(({ self }) => (self as PooledBranch).embedding),
    examples.map((_, index) => index),
    { temperature, weight, allowed: (query, passage) => groups[passage] !== groups[query] },
  );
  setQueryGradients(result.queryGradients);
  result.passageGradients.forEach((gradient, index) => {
    gradients[count + index]?.self?.set(gradient);
  });
  return result.loss;
}
