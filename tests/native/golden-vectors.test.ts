/** Vectors of trained models against those that PyTorch computed from the same weights before quantisation. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTextEncoder } from '../../src-main/llara/create-text-encoder.ts';
import type { TextRole } from '../../src-main/llara/text-encoder.ts';
import { cosine } from './helpers/vectors.ts';

type Golden = { text: string; role?: TextRole; tokens?: number[]; embedding: number[] };

const root = join(import.meta.dirname, '../..');
const cases = [
  {
    name: 'the stand-in encoder',
    model: join(root, '../shared/models/bootstrap-encoder-q8_0.gguf'),
    golden: join(root, '../shared/models/bootstrap-golden.json'),
    floor: 0.9995,
  },
  {
    name: 'the default encoder',
    model: join(root, 'resources/models/llara-mini/llara-mini-q8_0.gguf'),
    golden: join(root, 'tests/native/fixtures/llara-mini-golden.json'),
    floor: 0.995,
  },
];

describe.each(cases)('$name', ({ name, model, golden, floor }) => {
  const missing = [model, golden].filter((path) => !existsSync(path));
  if (missing.length > 0)
    console.warn(`Skipping the golden vectors of ${name}: ${missing.join(', ')} missing.`);

  it.skipIf(missing.length > 0)('gives the vectors that PyTorch gave', async () => {
    const items = JSON.parse(readFileSync(golden, 'utf8')) as Golden[];
    const encoder = await createTextEncoder({ modelPath: model, device: 'cpu', threads: 2 });
    const worst: Record<string, number> = {};
    for (const role of ['passage', 'query'] as const) {
      const wanted = items.filter((item) => (item.role ?? 'passage') === role);
      const vectors = await encoder.encode(
        wanted.map(({ text }) => text),
        role,
      );
      for (const [index, { embedding }] of wanted.entries()) {
        worst[role] = Math.min(worst[role] ?? 1, cosine(vectors[index]!, embedding));
      }
    }
    console.info(`${name}: ${items.length} texts, smallest cosine ${JSON.stringify(worst)}`);
    expect(Object.keys(worst)).not.toHaveLength(0);
    for (const value of Object.values(worst)) expect(value).toBeGreaterThan(floor);
    await encoder.dispose();
  });

  it.skipIf(missing.length > 0)('reads texts as the tokens that training saw', async () => {
    const items = (JSON.parse(readFileSync(golden, 'utf8')) as Golden[]).filter(({ tokens }) => tokens);
    const encoder = await createTextEncoder({ modelPath: model, device: 'cpu', threads: 1 });
    const counts = encoder.countTokens(items.map(({ text }) => text));
    // BOS and eight tokens of the prompt surround the text.
    expect(counts.map((count) => count + 9)).toEqual(items.map(({ tokens }) => tokens!.length));
    await encoder.dispose();
  });
});
