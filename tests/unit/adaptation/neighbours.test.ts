import { describe, expect, it } from 'vitest';
import { AskedLibrary } from '../../../src-main/adaptation/evaluation/asked-library.ts';
import { chooseWeight } from '../../../src-main/adaptation/evaluation/learn-neighbour-weight.ts';
import { mean } from '../../../src-main/adaptation/evaluation/rank-measures.ts';
import { LexicalIndex } from '../../../src-main/adaptation/pairs/lexical-index.ts';
import { seededRandom } from '../../../src-main/common/seeded-random.ts';
import { rankingSettings } from '../../../src-main/search/ranking/ranking-settings.ts';

describe('the library that asks itself', () => {
  const filler = Array.from(
    { length: 60 },
    (_, id) => `Record ${id} mentions nothing of note about item${id}.`,
  );
  const texts = [
    'The lamp of the lighthouse burns whale oil. Keepers trim the wick at dusk.',
    'Whale oil burns in the lamp all night, and the lamp smokes.',
    ...filler,
  ];
  /** The first two passages resemble each other; all others stand alone. */
  const vectors = texts.map((_, index) =>
    Float32Array.from({ length: 64 }, (_, at) =>
      index < 2 ? (at === 0 ? 0.8 : at === index + 1 ? 0.6 : 0) : at === index + 2 ? 1 : 0,
    ),
  );
  const words = new LexicalIndex(texts);
  const library = new AskedLibrary({ vectors, groups: texts.map((_, index) => `d${index}`) }, words);

  it("ranks a question's own document among the others, for every weight", () => {
    const question = { query: 'wick trimmed at dusk', group: 'd0', passage: 0, isTakenOut: true };
    expect(library.ranks(question, vectors[0]!, [0, 0.4], 0.45)).toEqual([1, 1]);
    expect(library.ranks({ ...question, group: 'd61', passage: 61 }, vectors[0]!, [0], 0.45)).toEqual([
      Infinity,
    ]);
  });

  it('lifts a passage that resembles the best one', () => {
    // It lies between passage 0 and a filler, a little nearer to the filler than passage 1 is.
    const vector = vectors[0]!.map((value, at) => 0.7 * value + 0.714 * vectors[10]![at]!);
    const question = { query: 'smokes', group: 'd1', passage: 1, isTakenOut: true };
    expect(library.ranks(question, vector, [0, 0.4], 0.45)).toEqual([3, 2]);
  });

  it('does not count the words of a question where it was taken from', () => {
    expect(words.search('keepers trim', 10).map(({ index }) => index)).toEqual([0]);
    expect(words.search('keepers trim', 10, 0)).toEqual([]);
    // "lamp" stands there once more.
    const [whole] = words.search('lamp', 10).filter(({ index }) => index === 1);
    const [once] = words.search('lamp', 10, 1).filter(({ index }) => index === 1);
    expect(once!.score).toBeGreaterThan(0);
    expect(once!.score).toBeLessThan(whole!.score);
  });
});

describe('the weight of neighbours', () => {
  const random = seededRandom('neighbours');
  const groups = Array.from({ length: 400 }, (_, index) => `d${index}`);
  const before = groups.map(() => random.next());
  const moved = (by: number) => before.map((gain) => gain + by * 0.1 + (random.next() - 0.5) * 0.2);

  it('is the one that lifts most, where it lifts beyond chance', () => {
    const learnt = chooseWeight([before, moved(0.5), moved(1), moved(2), moved(0.2)], groups, 1);
    expect(learnt).toMatchObject({ weight: 0.3, questions: 400 });
    expect(learnt.pValue).toBeLessThan(0.01);
    expect(learnt.ndcg10After).toBeGreaterThan(learnt.ndcg10Before);
  });

  it('is that of search in general where the gain may be chance, or there is none', () => {
    const noise = before.map((gain) => gain + (random.next() - 0.499) * 0.5);
    const usual = rankingSettings.neighbours;
    expect(chooseWeight([noise, noise, before, noise, noise], groups, 1).weight).toBe(usual);
    expect(chooseWeight([moved(-1), moved(-1), before, moved(-1), moved(-1)], groups, 1).weight).toBe(usual);
  });

  it('is nothing where a library does better without', () => {
    const learnt = chooseWeight([moved(2), moved(1), before, moved(-1), moved(-1)], groups, 1);
    expect(learnt).toMatchObject({ weight: 0, ndcg10Before: expect.closeTo(mean(before)) });
  });
});
