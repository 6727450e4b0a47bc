import { expect, test } from 'vitest';
import { WordCounter } from '../../../../src-main/search/words/word-counter.ts';

test('words that most passages hold come first, one form of each stem, without grammar and codes', () => {
  const counter = new WordCounter();
  counter.add('The bicycles stand in the hall, and E4711 is a code.', 'en');
  counter.add('Bicycles again, and one bicycle.', 'en');
  counter.add('Ein Fahrrad steht im Flur.', 'de');
  counter.add('The hall.', 'en');
  const words = counter.mostFrequent(10);
  expect(words.slice(0, 2)).toEqual(['bicycles', 'hall']);
  expect(words).toContain('fahrrad');
  for (const absent of ['the', 'and', 'bicycle', 'im', 'e4711']) expect(words).not.toContain(absent);
  expect(counter.mostFrequent(1)).toEqual(['bicycles']);
});
