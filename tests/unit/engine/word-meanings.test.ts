/** What a search asks of a library's words, with an encoder that knows two meanings. */
import { expect, test } from 'vitest';
import { WordMeanings } from '../../../src-main/engine/meanings/word-meanings.ts';
import type { RelatedWords } from '../../../src-main/search/words/related-words.ts';
import { WordBank } from '../../../src-main/search/words/word-bank.ts';
import { letterEncoder } from '../search/fixtures.ts';
import { temporaryDirectory } from '../store/fixtures.ts';

const vectorOf = (word: string) =>
  Float32Array.from(
    /^(bike|bicycle)$/.test(word) ? [1, 0, 0.1] : word === 'boiler' ? [0, 1, 0.1] : [0, 0, 1],
  );

/** What a search asks of a library that holds these words. */
async function relatedTo(
  held: readonly string[],
  encode: (texts: readonly string[]) => Promise<Float32Array[]>,
): Promise<RelatedWords> {
  const encoder = letterEncoder({ dimension: 3, encode });
  const meanings = new WordMeanings(await temporaryDirectory());
  const words = held.map((word) => ({ word, terms: [{ term: word, passages: 1 }] }));
  await meanings.keep(encoder, { bank: WordBank.of(words, held.map(vectorOf)), passages: 2 });
  return meanings.relatedBy(encoder);
}

test('a word finds those of its meaning again after more words than are remembered', async () => {
  const related = await relatedTo(['bicycle', 'boiler'], async (texts) => texts.map(vectorOf));
  const ofBike = async () =>
    (await related([{ text: 'bike', terms: [] }])).get('bike')?.map(({ word }) => word);
  expect(await ofBike()).toEqual(['bicycle']);
  await related(Array.from({ length: 2500 }, (_, at) => ({ text: `word${at}`, terms: [] })));
  expect(await ofBike()).toEqual(['bicycle']);
});

test('the encoder is not asked for a word that the library holds', async () => {
  const asked: string[] = [];
  const related = await relatedTo(['bicycle', 'bike'], async (texts) => {
    asked.push(...texts);
    return texts.map(vectorOf);
  });
  await related([
    { text: 'bikes', terms: ['bike'] },
    { text: 'velo', terms: [] },
  ]);
  expect(asked).toEqual(['velo']);
});
