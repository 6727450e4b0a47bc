/** The ways of making one ranking of two that docs/lab/fusion.md compares. Each takes passages and gives document ids, best first. */
import type { FoundChunk } from '../../../src-main/store/find-chunks.ts';

export type Passages = readonly Pick<FoundChunk, 'chunkId' | 'documentId' | 'score'>[];
export type Variant = {
  name: string;
  rank: (lexical: Passages, dense: Passages) => string[];
};

type Scored = { id: string; score: number }[];

const byScore = (scores: ReadonlyMap<string, number>): Scored =>
  Array.from(scores, ([id, score]) => ({ id, score })).sort(
    (a, b) => b.score - a.score || (a.id < b.id ? -1 : 1),
  );

/** A document's score: its best passage, plus `decay` of the next, `decay²` of the one after, up to `count`. */
export function aggregate(passages: Passages, decay: number, count: number): Scored {
  const lists = Map.groupBy(passages, (passage) => passage.documentId);
  return byScore(
    new Map(
      Array.from(lists, ([id, list]) => {
        const scores = list.map(({ score }) => score).sort((a, b) => b - a);
        return [id, scores.slice(0, count).reduce((sum, score, index) => sum + score * decay ** index, 0)];
      }),
    ),
  );
}

export type Normaliser = (list: Scored) => (score: number) => number;

export const minMax: Normaliser = (list) => {
  const high = list[0]?.score ?? 1;
  const low = list.at(-1)?.score ?? 0;
  return (score) => (high > low ? (score - low) / (high - low) : 1);
};

/** The lowest possible score is 0, whatever was retrieved. */
export const overMax: Normaliser = (list) => {
  const high = list[0]?.score ?? 1;
  return (score) => score / high;
};

const moments = (list: Scored, depth: number): { mean: number; deviation: number } => {
  const scores = list.slice(0, depth).map(({ score }) => score);
  const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / Math.max(1, scores.length);
  return { mean, deviation: Math.sqrt(variance) || 1 };
};

export const zScore =
  (depth: number): Normaliser =>
  (list) => {
    const { mean, deviation } = moments(list, depth);
    return (score) => (score - mean) / deviation;
  };

/** Distribution-based: mean ± 3 standard deviations become 0…1. */
export const distribution =
  (depth: number): Normaliser =>
  (list) => {
    const { mean, deviation } = moments(list, depth);
    return (score) => (score - (mean - 3 * deviation)) / (6 * deviation);
  };

/** Convex combination. What one side did not find gets that side's lowest score. */
export function combine(
  lexical: Scored,
  dense: Scored,
  weight: number,
  forWords: Normaliser,
  forVectors: Normaliser,
): string[] {
  const fused = new Map<string, number>();
  for (const [list, part, normaliser] of [
    [lexical, weight, forWords],
    [dense, 1 - weight, forVectors],
  ] as const) {
    if (list.length === 0) continue;
    const scale = normaliser(list);
    const lowest = scale(list.at(-1)!.score);
    for (const { id, score } of list) fused.set(id, (fused.get(id) ?? 0) + part * (scale(score) - lowest));
  }
  return byScore(fused).map(({ id }) => id);
}

export function reciprocalRanks(lexical: Scored, dense: Scored, weight: number, k: number): string[] {
  const fused = new Map<string, number>();
  for (const [list, part] of [
    [lexical, weight],
    [dense, 1 - weight],
  ] as const) {
    for (const [index, { id }] of list.entries())
      fused.set(id, (fused.get(id) ?? 0) + part / (k + index + 1));
  }
  return byScore(fused).map(({ id }) => id);
}

const ids = (list: Scored): string[] => list.map(({ id }) => id);

export function aggregationVariants(): Variant[] {
  return [
    [0, 1],
    [0.1, 2],
    [0.2, 2],
    [0.3, 2],
    [0.2, 3],
    [0.3, 3],
    [0.4, 3],
    [0.5, 3],
    [0.5, 8],
    [1, 8],
  ].flatMap(([decay, count]): Variant[] => [
    {
      name: `lexical, best${count === 1 ? '' : ` ${count} passages, decay ${decay}`}`,
      rank: (lexical) => ids(aggregate(lexical, decay!, count!)),
    },
    {
      name: `dense, best${count === 1 ? '' : ` ${count} passages, decay ${decay}`}`,
      rank: (_, dense) => ids(aggregate(dense, decay!, count!)),
    },
  ]);
}

/** Words' and vectors' aggregation are given as [decay, count]. */
export function fusionVariants(words: [number, number], vectors: [number, number]): Variant[] {
  const variants: Variant[] = [];
  const add = (name: string, rank: (lexical: Scored, dense: Scored) => string[]) =>
    variants.push({
      name,
      rank: (lexical, dense) => rank(aggregate(lexical, ...words), aggregate(dense, ...vectors)),
    });
  for (const k of [10, 20, 60]) {
    for (const weight of [0.4, 0.5, 0.6, 0.7]) {
      add(`RRF k ${k}, words ${weight}`, (lexical, dense) => reciprocalRanks(lexical, dense, weight, k));
    }
  }
  for (const weight of [0.3, 0.4, 0.5, 0.6, 0.7, 0.8]) {
    const pairs: [string, Normaliser, Normaliser][] = [
      ['min-max', minMax, minMax],
      ['over max / min-max', overMax, minMax],
      ['z-score (100)', zScore(100), zScore(100)],
      ['z-score (all)', zScore(10_000), zScore(10_000)],
      ['distribution (100)', distribution(100), distribution(100)],
      ['over max / z-score', overMax, (list) => (score) => zScore(100)(list)(score) / 6],
    ];
    for (const [name, forWords, forVectors] of pairs) {
      add(`${name}, words ${weight}`, (lexical, dense) =>
        combine(lexical, dense, weight, forWords, forVectors),
      );
    }
  }
  return variants;
}
