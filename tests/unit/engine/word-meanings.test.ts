/** What a search asks of a library's words, with an encoder that knows two meanings. */
import { expect, test } from 'vitest';
import { WordMeanings } from '../../../src-main/engine/meanings/word-meanings.ts';
import { WordBank } from '../../../src-main/search/words/word-bank.ts';
import { letterEncoder } from '../search/fixtures.ts';
import { temporaryDirectory } from '../store/fixtures.ts';

const vectorOf = (word: string) =>
  Float32Array.from(
    /^(bike|bicycle)$/.test(word) ? [1, 0, 0.1] : word === 'boiler' ? [0, 1, 0.1] : [0, 0, 1],
  );

test('a word finds those of its meaning again after more words than are remembered', async () => {
  const encoder = letterEncoder({ dimension: 3, encode: async (texts) => texts.map(vectorOf) });
  const meanings = new WordMeanings(await temporaryDirectory());
  const words = ['bicycle', 'boiler'].map((word) => ({ word, terms: [{ term: word, passages: 1 }] }));
  await meanings.keep(encoder, {
    bank: WordBank.of(
      words,
      words.map(({ word }) => vectorOf(word)),
    ),
    passages: 2,
  });
  const related = meanings.relatedBy(encoder);
  const ofBike = async () =>
    (await related([{ text: 'bike', terms: [] }])).get('bike')?.map(({ word }) => word);
  expect(await ofBike()).toEqual(['bicycle']);
  await related(Array.from({ length: 2500 }, (_, at) => ({ text: `word${at}`, terms: [] })));
  expect(await ofBike()).toEqual(['bicycle']);
});

test('the encoder is not asked for a word that the library holds', async () => {
  const asked: string[] = [];
  const encode = async (texts: readonly string[]) => {
    asked.push(...texts);
    return texts.map(vectorOf);
  };
  const encoder = letterEncoder({ dimension: 3, encode });
  const meanings = new WordMeanings(await temporaryDirectory());
  const words = ['bicycle', 'bike'].map((word) => ({ word, terms: [{ term: word, passages: 1 }] }));
  await meanings.keep(encoder, {
    bank: WordBank.of(
      words,
      words.map(({ word }) => vectorOf(word)),
    ),
    passages: 2,
  });
  await meanings.relatedBy(encoder)([
    { text: 'bikes', terms: ['bike'] },
    { text: 'velo', terms: [] },
  ]);
  expect(asked).toEqual(['velo']);
});
