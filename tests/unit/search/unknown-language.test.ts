/** A question in a language that the encoder does not know is answered by words, and says so. */
import { expect, test } from 'vitest';
import { unknownLanguage } from '../../../src-main/search/unknown-language.ts';
import { ask, letterEncoder, openSetWith } from './fixtures.ts';

test.each<[string, string[], string | null]>([
  ['wie lange läuft der Mietvertrag für die Wohnung', ['en'], 'German'],
  ['когда заканчивается договор аренды', ['en'], 'Russian'],
  ['合同', ['en'], 'Chinese'],
  ['how long does the lease of the flat run', ['en'], null],
  ['wie lange läuft der Mietvertrag für die Wohnung', ['en', 'de'], null],
  // Nothing is said of the encoder.
  ['wie lange läuft der Mietvertrag für die Wohnung', [], null],
  // Too few words to tell, names among them.
  ['riesling saarburg rack', ['en'], null],
  ['E-4711 2024', ['en'], null],
])('%s, by an encoder for %j: %s', (question, languages, expected) => {
  expect(unknownLanguage(question, languages)).toBe(expected);
});

test('words decide then, with a notice; in a language it knows meaning counts as before', async () => {
  const set = await openSetWith({
    lease: { text: 'Der Mietvertrag läuft fünf Jahre.' },
    near: { text: 'wie lange lauft der Vertrag' },
  });
  const question = 'wie lange läuft der Mietvertrag für diese Wohnung';
  const knows = await ask(set, question, { encoder: letterEncoder({ languages: ['de'] }) });
  expect(knows.notices).toEqual([]);
  const strange = await ask(set, question, { encoder: letterEncoder({ languages: ['en'] }) });
  expect(strange.notices).toEqual([expect.stringMatching(/letters does not know German/)]);
  const scores = strange.groups.map(({ hits }) => hits[0]!.score);
  for (const { fused, lexical } of scores) expect(fused > 0).toBe(lexical !== null && lexical > 0);
});
