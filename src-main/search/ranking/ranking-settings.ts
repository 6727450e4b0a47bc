/**
 * What the order of answers rests on: one global setting each, chosen over all collections at once and by no question of its own. docs/search.md has the
 * reasons, docs/lab/fusion.md the trials; `tests/eval/measure-ranking.ts` asks collections with others.
 */

/** Points of coverage, rising, and the weight of words there; in between in proportion, beyond them as at the last. */
export type WordWeighting = readonly (readonly [coverage: number, weight: number])[];

export type RankingSettings = {
  /** Passages that each retriever is asked for, at least. */
  depth: number;
  /** How much words count against vectors, by how much of the question the best passage covers. */
  wordWeighting: WordWeighting;
  /** Pseudo-relevance feedback: towards how many passages the question's vector moves, and how far beside its own length. */
  feedback: { count: number; weight: number };
  /** Of the score that comes from vectors, the part of a passage's nearest part; the rest is the passage's own. */
  partShare: number;
  /** Of a passage's score, the part that comes from those that resemble it, until the library has learnt that part with an adapter. */
  neighbours: number;
};

export const rankingSettings: RankingSettings = {
  // More changes the first ten documents no more.
  depth: 150,
  // Level in the middle, where abstracts are asked for by topic; a passage that holds nearly everything, such as a part number or a name, is what was meant.
  wordWeighting: [
    [0.15, 0.2],
    [0.35, 0.5],
    [0.5, 0.5],
    [0.7, 0.8],
  ],
  // So few because one wrong passage among them pulls the question away.
  feedback: { count: 3, weight: 1 },
  partShare: 0.85,
  neighbours: 0.2,
};
