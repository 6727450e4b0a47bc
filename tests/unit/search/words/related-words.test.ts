/** Words of like meaning beside those of a question. */
import { expect, test } from 'vitest';
import type { RelatedWords } from '../../../../src-main/search/words/related-words.ts';
import { WordBank } from '../../../../src-main/search/words/word-bank.ts';
import { ask, openSetWith } from '../fixtures.ts';

/** Knows that a bike is a bicycle. */
const thesaurus: RelatedWords = async (words) =>
  new Map(
    words.some(({ text }) => text === 'bike')
      ? [['bike', [{ word: 'bicycle', terms: [{ term: 'bicycl', passages: 1 }], likeness: 0.9 }]]]
      : [],
  );

const bankWord = (word: string) => ({ word, terms: [{ term: word, passages: 1 }] });

/** A vector that every passage is equally far from, so that words alone decide. */
const nowhere = new Float32Array(16).fill(0.25);

const library = () =>
  openSetWith({
    rules: { text: 'Bicycles must not stand in the hall.', vector: nowhere },
    boiler: { text: 'The boiler stands in the cellar, which is locked.', vector: nowhere },
    shop: { text: 'The shop in the cellar is locked on Sundays.', vector: nowhere },
  });

const first = async (query: string, related?: RelatedWords, mode: 'hybrid' | 'lexical' = 'hybrid') => {
  const set = await library();
  const { groups } = await ask(set, query, { mode, ...(related ? { related } : {}) });
  return groups[0];
};

test('a word that no passage holds finds the one of like meaning, which is marked', async () => {
  const group = await first('parking my bike', thesaurus);
  const hits = group?.hits ?? [];
  expect(group?.document.id).toBe('rules');
  expect(hits[0]?.matchedWords).toContain('bicycles');
});

test('without the bank, in search by words alone, and for a word that words of the library answer, nothing is added', async () => {
  expect((await first('parking my bike'))?.document.id).not.toBe('rules');
  expect((await first('parking my bike', thesaurus, 'lexical'))?.document.id).not.toBe('rules');
  const asked: string[] = [];
  const spy: RelatedWords = async (words) => {
    asked.push(...words.map(({ text }) => text));
    return new Map();
  };
  expect((await first('boiler cellar', spy))?.document.id).toBe('boiler');
  expect(asked).toEqual([]);
  await first('unheard words about bikes', spy);
  expect(asked).toContain('unheard');
});

test('a bank finds the likest words once what all words have in common is taken away', () => {
  const common = 4;
  const vector = (x: number, y: number) => {
    const length = Math.hypot(x, y, common);
    return Float32Array.from([x / length, y / length, common / length]);
  };
  const bank = WordBank.of(['bicycle', 'cycle', 'boiler', 'heater'].map(bankWord), [
    vector(1, 0),
    vector(1, 0.3),
    vector(-1, 0.1),
    vector(-1, -0.4),
  ]);
  const found = bank.nearest(vector(0.9, 0.1), 0.5, 8);
  expect(found.map(({ word }) => word)).toEqual(['bicycle', 'cycle']);
  expect(found[0]!.likeness).toBeGreaterThan(0.9);
  expect(bank.nearest(vector(0.9, 0.1), 0.5, 1)).toHaveLength(1);
  expect(bank.nearestToTerms(['bicycle'], 0.5, 8)?.map(({ word }) => word)).toEqual(['cycle']);
  expect(bank.nearestToTerms(['unheard'], 0.5, 8)).toBeNull();
});
