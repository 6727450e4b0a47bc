import { expect, test } from 'vitest';
import { fittingModel } from '../../../../src-main/engine/models/fitting-model.ts';

const english = { name: 'english', languages: ['en'] };
const many = { name: 'many', languages: ['en', 'de', 'zh', 'ru'] };
const silent = { name: 'silent', languages: [] };

test.each([
  ['English papers', { en: 1 }, 'english'],
  ['English papers and a few German letters', { en: 0.85, de: 0.15 }, 'english'],
  ['as many German letters as English papers', { en: 0.5, de: 0.5 }, 'many'],
  ['Russian books', { ru: 1 }, 'many'],
  ['a language that none knows', { th: 1 }, 'english'],
  ['nothing whose language is known', {}, 'english'],
])('a library of %s', (_, shares: Record<string, number>, expected) => {
  const model = fittingModel([english, many, silent], new Map(Object.entries(shares)));
  expect(model?.name).toBe(expected);
});

test('an encoder that names no languages stays where it is the default', () => {
  expect(fittingModel([silent, many], new Map([['ru', 1]]))?.name).toBe('silent');
  expect(fittingModel([], new Map([['ru', 1]]))).toBeUndefined();
});
