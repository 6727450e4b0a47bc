/** Which vectors are compared at all, over random ones with a few near neighbours among them. */
import { expect, test } from 'vitest';
import { seededRandom } from '../../../../src-main/common/seeded-random.ts';
import { VectorSigns } from '../../../../src-main/search/words/vector-signs.ts';

const dimension = 384;

test('near vectors are kept and nearly all others passed over', () => {
  const random = seededRandom('signs');
  const number = () => Math.round((random.next() - 0.5) * 200);
  const asked = Int8Array.from({ length: dimension }, number);
  // Cosine about .6: as much of the one asked for as .75 of something else.
  const near = Array.from({ length: 20 }, () => asked.map((value) => value * 0.5 + number() * 0.65));
  const far = Array.from({ length: 2000 }, () => Int8Array.from({ length: dimension }, number));
  const rows = new Int8Array([...near, ...far].flatMap((vector) => [...vector]));
  const kept = [...new VectorSigns(rows, dimension).near(Float32Array.from(asked))];
  expect(kept.filter((row) => row < near.length)).toHaveLength(near.length);
  expect(kept.length).toBeLessThan(near.length + far.length * 0.1);
});

test('of short vectors none is passed over', () => {
  const signs = new VectorSigns(Int8Array.from([1, 1, -1, -1]), 2);
  expect([...signs.near(Float32Array.from([1, 1]))]).toEqual([0, 1]);
});
