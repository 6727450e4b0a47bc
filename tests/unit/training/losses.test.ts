/** Each loss against finite differences of itself, and against values worked out by hand. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src-main/common/seeded-random.ts';
import { dot } from '../../../src-main/common/vectors/dot.ts';
import { poolBranch, poolBranchBackward } from '../../../src-main/llara/training/graph/branches.ts';
import { anchorLoss } from '../../../src-main/llara/training/losses/anchor-loss.ts';
import { contrastiveLoss } from '../../../src-main/llara/training/losses/contrastive-loss.ts';
import { setLoss, targetSet } from '../../../src-main/llara/training/losses/set-loss.ts';

const random = seededRandom('losses');
const noise = (length: number) => Float32Array.from({ length }, () => random.next() * 2 - 1);

/** Largest error of `gradient` against central differences of `loss`, relative to the gradient's largest entry. */
function worstError(values: Float32Array, gradient: Float32Array, loss: () => number, step = 1e-2): number {
  let worst = 0;
  const scale = Math.max(...gradient.map(Math.abs));
  for (let i = 0; i < values.length; i++) {
    const kept = values[i] as number;
    values[i] = kept + step;
    const up = loss();
    values[i] = kept - step;
    const down = loss();
    values[i] = kept;
    worst = Math.max(worst, Math.abs((up - down) / (2 * step) - (gradient[i] as number)) / scale);
  }
  return worst;
}

describe('set loss', () => {
  const shape = { count: 3, vocabulary: 11 };

  it('is the mean surprise of the targets under the best position of each', () => {
    const logits = new Float32Array(33);
    logits[1 * 11 + 4] = 2;
    const total = 10 + Math.exp(2);
    const gradient = new Float32Array(33);
    const loss = setLoss(logits, gradient, shape, Int32Array.of(4, 7), 1);
    expect(loss).toBeCloseTo(Math.log(total) - 1, 5);
    expect(gradient[11 + 4]).toBeCloseTo(Math.exp(2) / total - 0.5, 5);
  });

  it('has the gradient that differences show', () => {
    const logits = noise(33).map((value) => value * 3);
    const gradient = new Float32Array(33);
    const targets = Int32Array.of(3, 5, 10);
    setLoss(logits, gradient, shape, targets, 0.7);
    const scratch = new Float32Array(33);
    expect(
      worstError(logits, gradient, () => 0.7 * setLoss(logits, scratch, shape, targets, 1), 1e-3),
    ).toBeLessThan(2e-2);
  });

  it('leaves an empty target out', () => {
    const gradient = new Float32Array(33).fill(9);
    expect(setLoss(noise(33), gradient, shape, new Int32Array(0), 1)).toBe(0);
    expect(gradient.every((value) => value === 0)).toBe(true);
  });

  it('takes each id once, without reserved and excluded ones', () => {
    expect([...targetSet([9, 4, 2, 1, 0, 4, 30], new Set([30]))]).toEqual([4, 9]);
  });
});

describe('contrastive loss', () => {
  const queries = [noise(6), noise(6), noise(6)];
  const passages = [noise(6), noise(6), noise(6), noise(6)];
  const positives = [0, 1, 2];
  const allowed = (query: number, passage: number) => !(query === 1 && passage === 3);
  const loss = () =>
    contrastiveLoss(queries, passages, positives, { temperature: 0.5, weight: 1, allowed }).loss;

  it('is ln n where nothing stands out', () => {
    const same = [Float32Array.of(1, 0), Float32Array.of(1, 0)];
    const result = contrastiveLoss(same, same, [0, 1], { temperature: 0.1, weight: 1, allowed: () => true });
    expect(result.loss).toBeCloseTo(Math.log(2), 6);
  });

  it('has the gradients that differences show', () => {
    const result = contrastiveLoss(queries, passages, positives, { temperature: 0.5, weight: 1, allowed });
    queries.forEach((query, i) => {
      expect(worstError(query, result.queryGradients[i] as Float32Array, loss)).toBeLessThan(5e-3);
    });
    passages.forEach((passage, i) => {
      expect(worstError(passage, result.passageGradients[i] as Float32Array, loss)).toBeLessThan(5e-3);
    });
  });

  it('lets a forbidden passage be no negative', () => {
    const { passageGradients } = contrastiveLoss([queries[1] as Float32Array], passages, [1], {
      temperature: 0.5,
      weight: 1,
      allowed: (_, passage) => passage !== 3,
    });
    expect(passageGradients[3]?.every((value) => value === 0)).toBe(true);
  });
});

describe('pooling and anchor', () => {
  it('make a unit vector of the rows', () => {
    const { embedding, length } = poolBranch(Float32Array.of(3, 0, 9, 9, 3, 8), 2, [0, 2]);
    expect([...embedding].map((value) => Number(value.toFixed(5)))).toEqual([0.6, 0.8]);
    expect(length).toBeCloseTo(5, 6);
  });

  it('have the gradients that differences show', () => {
    const rows = noise(24);
    const reference = poolBranch(noise(8), 8).embedding;
    const loss = () => 1 - dot(poolBranch(rows, 8, [0, 1, 2]).embedding, reference);
    const pooled = poolBranch(rows, 8, [0, 1, 2]);
    const gradient = new Float32Array(8);
    expect(anchorLoss([pooled.embedding], [reference], [gradient], 1)).toBeCloseTo(loss(), 6);
    const rowGradients = new Float32Array(24);
    poolBranchBackward(rowGradients, pooled, gradient, [0, 1, 2]);
    expect(worstError(rows, rowGradients, loss, 1e-2)).toBeLessThan(5e-3);
  });
});
