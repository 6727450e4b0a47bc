import { expect, test } from 'vitest';
import { WordCounter } from '../../../../src-main/search/words/word-counter.ts';

test('words that most passages hold come first, one form of each stem, without grammar and codes', () => {
  const counter = new WordCounter();
  counter.add('The bicycles stand in the hall, and E4711 is a code.', 'en');
  counter.add('Bicycles again, and one bicycle.', 'en');
  counter.add('Ein Fahrrad steht im Flur.', 'de');
  counter.add('The hall.', 'en');
  const counted = counter.mostFrequent(10);
  const words = counted.map(({ word }) => word);
  expect(words.slice(0, 2)).toEqual(['bicycles', 'hall']);
  expect(words).toContain('fahrrad');
  for (const absent of ['the', 'and', 'bicycle', 'im', 'e4711']) expect(words).not.toContain(absent);
  expect(counter.mostFrequent(1)).toEqual([{ word: 'bicycles', terms: [{ term: 'bicycl', passages: 2 }] }]);
});

test('a word of two languages keeps the stems of both, each with its passages', () => {
  const counter = new WordCounter();
  counter.add('Information for guests.', 'en');
  counter.add('Die Information hängt aus.', 'de');
  counter.add('Eine Information.', 'de');
  const information = counter.mostFrequent(10).find(({ word }) => word === 'information');
  expect(information?.terms).toEqual([
    { term: 'information', passages: 2 },
    { term: 'inform', passages: 1 },
  ]);
});
