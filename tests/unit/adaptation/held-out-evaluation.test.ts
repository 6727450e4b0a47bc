import { describe, expect, it } from 'vitest';
import { pairedStatistics } from '../../../src-main/adaptation/evaluation/paired-statistics.ts';
import { ndcg10, reciprocalRank10 } from '../../../src-main/adaptation/evaluation/rank-measures.ts';
import { judgeFigures } from '../../../src-main/adaptation/evaluation/verdict.ts';
import { seededRandom } from '../../../src-main/common/seeded-random.ts';

describe('measures', () => {
  it.each([
    [1, 1, 1],
    [2, 1 / Math.log2(3), 0.5],
    [10, 1 / Math.log2(11), 0.1],
    [11, 0, 0],
  ])('rank %i', (rank, gain, reciprocal) => {
    expect(ndcg10(rank)).toBeCloseTo(gain, 12);
    expect(reciprocalRank10(rank)).toBeCloseTo(reciprocal, 12);
  });
});

describe('paired statistics', () => {
  const random = seededRandom('noise');
  const before = Float64Array.from({ length: 200 }, () => random.next());
  const moved = (gain: number) => before.map((value) => value + gain + (random.next() - 0.5) * 0.4);

  it('see a steady gain', () => {
    const result = pairedStatistics(before, moved(0.05), { seed: 1 });
    expect(result.pValue).toBeLessThan(0.001);
    expect(result.low).toBeGreaterThan(0);
    expect(result.low).toBeLessThan(result.difference);
    expect(result.high).toBeGreaterThan(result.difference);
  });

  it('see nothing in noise, in about 19 of 20 cases', () => {
    let alarms = 0;
    for (let trial = 0; trial < 60; trial++) {
      if (pairedStatistics(before, moved(0), { seed: trial, rounds: 500 }).pValue < 0.05) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(8);
  });

  it('give the exact p of a small case within sampling error: all six signs agree in 2 of 64 flips', () => {
    const result = pairedStatistics([0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1], { seed: 5, rounds: 20_000 });
    expect(result.pValue).toBeGreaterThan(0.027);
    expect(result.pValue).toBeLessThan(0.036);
  });

  it('take questions of one group for one witness', () => {
    const gains = { before: [0, 0, 0, 0, 0, 0], after: [1, 1, 1, 1, 1, 1] };
    const clusters = ['a', 'a', 'a', 'b', 'b', 'b'];
    const { pValue } = pairedStatistics(gains.before, gains.after, { seed: 5, rounds: 4000, clusters });
    // Both signs agree in 2 of 4 flips.
    expect(pValue).toBeGreaterThan(0.46);
    expect(pValue).toBeLessThan(0.54);
  });

  it('claim nothing from nothing', () => {
    expect(pairedStatistics([], [], { seed: 1 })).toEqual({ difference: 0, pValue: 1, low: 0, high: 0 });
    expect(pairedStatistics([0.3, 0.1], [0.3, 0.1], { seed: 1 }).pValue).toBe(1);
  });
});

describe('verdict', () => {
  const figures = {
    questions: 200,
    ndcg10Before: 0.5,
    ndcg10After: 0.56,
    mrr10Before: 0.4,
    mrr10After: 0.45,
    pValue: 0.001,
    differenceLow: 0.03,
    differenceHigh: 0.09,
    hybrid: {
      questions: 250,
      ndcg10Before: 0.7,
      ndcg10After: 0.71,
      pValue: 0.2,
      differenceLow: -0.01,
      differenceHigh: 0.03,
    },
    short: { pValue: 0.4, differenceLow: -0.02, differenceHigh: 0.01 },
    kinds: [],
    moved: [],
  };

  it('adopts a clear gain and says how much', () => {
    expect(judgeFigures(figures)).toMatchObject({ verdict: 'better' });
    expect(judgeFigures(figures).sentence).toContain('12 % higher on 200 test questions');
    expect(judgeFigures(figures).sentence).toContain('together 0.700 → 0.710');
  });

  it.each([
    [
      'chance',
      { ndcg10After: 0.505, pValue: 0.6, differenceLow: -0.02, differenceHigh: 0.03 },
      'no-gain',
      'No gain',
    ],
    ['a loss', { ndcg10After: 0.4, differenceLow: -0.13, differenceHigh: -0.07 }, 'worse', 'did worse'],
    ['too few questions', { questions: 12 }, 'no-gain', 'too few'],
    [
      'names and numbers that are found less well',
      { short: { pValue: 0.01, differenceLow: -0.2, differenceHigh: -0.05 } },
      'worse',
      'names of documents, numbers and single words were found less well',
    ],
    [
      'a loss in the search that people use',
      {
        hybrid: {
          ...figures.hybrid,
          ndcg10After: 0.65,
          pValue: 0.01,
          differenceLow: -0.09,
          differenceHigh: -0.02,
        },
      },
      'worse',
      'did worse in searches by words and meaning together',
    ],
  ])('does not adopt on %s', (_, change, verdict, words) => {
    const result = judgeFigures({ ...figures, ...change });
    expect(result.verdict).toBe(verdict);
    expect(result.sentence).toContain(words);
  });
});
