import { describe, expect, it } from 'vitest';
import { type AdaptationDocument, passagesOf } from '../../../src-main/adaptation/adaptation-document.ts';
import { PairBuilder } from '../../../src-main/adaptation/pairs/pair-builder.ts';
import { RareWords } from '../../../src-main/adaptation/pairs/rare-words.ts';
import { SoftTargetBank } from '../../../src-main/adaptation/training/soft-targets.ts';
import { seededRandom } from '../../../src-main/common/seeded-random.ts';

const random = seededRandom('bank');

function unitVector(width: number): Float32Array {
  const vector = Float32Array.from({ length: width }, () => random.next() - 0.5);
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

/** 20 documents of two passages; those of neighbours share a rare word. */
const documents: AdaptationDocument[] = Array.from({ length: 20 }, (_, id) => ({
  documentId: `d${id}`,
  title: '',
  chunks: [0, 1].map((part) => ({
    headingPath: [],
    text: `The keeper of lighthouse${id} wrote about storm${id + part} and the lamp${Math.floor(id / 2)} in ${part ? 'winter' : 'summer'}.`,
    vector: unitVector(16),
  })),
}));
const bank = new SoftTargetBank(
  documents.flatMap(passagesOf).map((passage) => ({ ...passage, vector: passage.vector as Float32Array })),
);
const exampleOf = (id: number, chunk: number, query: string) => ({
  group: `d${id}`,
  passage: 2 * id + chunk,
  query,
  positive: '',
  following: null,
  negative: null,
});

describe('what a query should find in a library', () => {
  const targets = bank.softTargetsOf(exampleOf(4, 1, 'lighthouse4 storm5'));
  const probabilityOf = (passage: number) => targets.probabilities[targets.passages.indexOf(passage)] ?? 0;

  it('is its own passage most of all', () => {
    expect(bank.groups[9]).toBe('d4');
    expect(Math.max(...targets.probabilities)).toBe(probabilityOf(9));
    expect(targets.probabilities.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 5);
  });

  it('then passages that hold its words, rather than others', () => {
    const sharesStorm5 = probabilityOf(10);
    const others = [...targets.passages].filter((passage) => passage !== 9 && passage !== 10);
    const mean =
      others.reduce((sum, passage) => sum + probabilityOf(passage), 0) / Math.max(1, others.length);
    expect(sharesStorm5).toBeGreaterThan(mean);
  });

  it('and no other passage of its document', () => {
    expect(targets.passages).not.toContain(8);
  });
});

describe('keywords', () => {
  const rareWords = new RareWords(documents);

  it('are words of the passage that few passages have, the same for the same seed', () => {
    const text = documents[7]!.chunks[0]!.text;
    const drawn = rareWords.draw(text, seededRandom('a'))!;
    expect(drawn).toBe(rareWords.draw(text, seededRandom('a')));
    for (const word of drawn.split(' ')) expect(['lighthouse7', 'storm7', 'lamp3']).toContain(word);
  });

  it('are not drawn where there are too few', () => {
    expect(rareWords.draw('The keeper of the lamp in winter.', seededRandom('a'))).toBeNull();
  });

  it('are asked of the passage they are from', () => {
    const pairs = new PairBuilder(documents).build({ seed: 1 }).filter(({ kind }) => kind === 'keywords');
    expect(pairs.length).toBeGreaterThan(0);
    const passages = documents.flatMap(passagesOf);
    for (const { group, passage, query } of pairs) {
      const source = passages[passage]!;
      expect(source.documentId).toBe(group);
      for (const word of query.split(' ')) expect(source.text.toLowerCase()).toContain(word);
    }
  });
});
