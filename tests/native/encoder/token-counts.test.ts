/** Indexing counts the tokens of each word but once; that must give what counting whole texts gives. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src-main/common/seeded-random.ts';
import { createTextEncoder } from '../../../src-main/llara/encode/create-text-encoder.ts';
import type { TextEncoder } from '../../../src-main/llara/encode/text-encoder.ts';

const models = join(import.meta.dirname, '../../../resources/models');
const texts = [
  'The tenant shall give notice (in writing) three months before moving out; see section 4.2.1, table B-17.',
  'Naïve café résumés,\twith tabs\n\nand line ends.  Two spaces, and “quotation marks” – dashes…',
  '| A table | with 3.14159 |\r\n|---|---|\r\n| and | <s1> tokens </s> |',
  '日本語の文章と English words を混ぜる。 東京都 2024年2月19日',
  'ประเทศไทย ภาษาไทย और हिन्दी के शब्द with नमस्ते',
  'Ünïcödé ＦＵＬＬ width ﬁligature ½ ² ™ e\u0301 \u00a0non-breaking\u2003em\u200bzero \ufeffmark',
  'function parseHTTPHeader(x) { return x?.y ?? z; } // https://example.org/a_b-c?d=e&f=1',
  '😀 👩‍👩‍👧 emoji and 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 beyond the first plane',
];
const random = seededRandom('token counts');
for (let number = 0; number < 200; number++) {
  const letters = Array.from({ length: 60 }, () =>
    random.below(6) === 0 ? ' ' : String.fromCodePoint(33 + random.below([94, 600, 12_000][number % 3]!)),
  );
  texts.push(letters.join(''));
}

describe.each([
  ['llara-mini', 'llara-mini/llara-mini-q8_0.gguf'],
  ['multilingual-e5-small', 'multilingual-e5-small/multilingual-e5-small-q4_0.gguf'],
])('%s', (_, file) => {
  let encoder: TextEncoder;

  beforeAll(async () => {
    encoder = await createTextEncoder({ modelPath: join(models, file), device: 'cpu' });
  });
  afterAll(() => encoder.dispose());

  it('has as many tokens in a text as in its words', () => {
    expect(encoder.info.countsByWord).toBe(true);
    const byWords = texts.map((text) =>
      encoder.countTokens(text.split(/[ \n\r\t]+/).filter(Boolean)).reduce((sum, count) => sum + count, 0),
    );
    expect(byWords).toEqual(encoder.countTokens(texts));
  });
});
