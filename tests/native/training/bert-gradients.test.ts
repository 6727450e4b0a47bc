/** The gradient of every LoRA number of a small BERT against differences of a reference in 64 bits. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { scratchFolder } from '../helpers/scratch.ts';
import { makeTinyBert, type TinyBertOptions } from '../models/make-tiny-bert.ts';
import { loraScale, type SlopeCase, SlopeChecker } from './check-slopes.ts';
import { referenceBert } from './references/bert-reference.ts';

const scratch = scratchFolder();
const shape = { layerCount: 2, width: 32, headCount: 2, feedForward: 64 };
/** Of unequal length, so that padding has to be hidden. */
const texts = [
  [2, 9, 30, 9, 44, 71, 3],
  [2, 17, 60, 3],
];

let checker: SlopeChecker;

beforeAll(async () => {
  checker = await SlopeChecker.create();
});
afterAll(() => checker.dispose());

const cases: (SlopeCase & { options?: TinyBertOptions })[] = [
  { name: 'f32', bound: 1e-5, every: 1 },
  { name: 'f32, forward operations only', support: { native: false, outerProducts: false }, bound: 1e-5 },
  {
    name: 'f32, neither biases nor token types',
    options: { hasBiases: false, hasTypes: false },
    bound: 1e-5,
  },
  { name: 'f32, one layer', options: { layerCount: 1 }, bound: 1e-5 },
  { name: 'f32, pooled by CLS', pooling: { kind: 'cls' }, bound: 1e-5 },
  { name: 'f32, pooled by the last token', pooling: { kind: 'last', count: 1 }, bound: 1e-5 },
  { name: 'q8_0, half-precision copies', options: { type: 'q8_0' }, bound: 1e-2 },
  { name: 'q8_0, as stored', options: { type: 'q8_0' }, precision: 'stored', bound: 5e-2 },
  { name: 'q4_0, half-precision copies', options: { type: 'q4_0' }, bound: 1e-2 },
  { name: 'q4_0, as stored', options: { type: 'q4_0' }, precision: 'stored', bound: 5e-2 },
];

describe('the gradients of BERT’s pairs', () => {
  it.each(cases)('are the slopes of the reference: $name', async ({ options, ...given }) => {
    const path = join(scratch, `${given.name.replace(/\W+/g, '-')}.gguf`);
    const full = { ...shape, ...options };
    await makeTinyBert(checker.runtime, path, full);
    await checker.check(path, texts, given, (_, tensors) => {
      const model = { ...full, epsilon: 1e-12, scale: loraScale, tensors };
      return { hidden: (pairs, tokens) => referenceBert(model, pairs, tokens) };
    });
  });
});
