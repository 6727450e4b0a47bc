/** Vectors of trained models against those that PyTorch computed from the same weights before quantisation. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTextEncoder } from '../../../src-main/llara/encode/create-text-encoder.ts';
import { readGoldenTexts } from '../helpers/golden-vectors.ts';
import { worstCosine } from '../helpers/vectors.ts';

const root = join(import.meta.dirname, '../../..');
const cases = [
  {
    name: 'the stand-in encoder',
    model: join(root, '../shared/models/bootstrap-encoder-q8_0.gguf'),
    goldenPath: join(root, '../shared/models/bootstrap-golden.json'),
    floor: 0.9995,
  },
  {
    name: 'the default encoder',
    model: join(root, 'resources/models/llara-mini/llara-mini-q8_0.gguf'),
    goldenPath: join(root, 'tests/native/fixtures/llara-mini-golden.json'),
    floor: 0.995,
  },
];

describe.each(cases)('$name', ({ name, model, goldenPath, floor }) => {
  const missing = [model, goldenPath].filter((path) => !existsSync(path));
  if (missing.length > 0)
    console.warn(`Skipping the golden vectors of ${name}: ${missing.join(', ')} missing.`);

  it.skipIf(missing.length > 0)('gives the vectors that PyTorch gave, from the same tokens', async () => {
    const golden = readGoldenTexts(goldenPath);
    const texts = golden.map(({ text }) => text);
    const encoder = await createTextEncoder({ modelPath: model, device: 'cpu', threads: 2 });
    expect(encoder.countTokens(texts)).toEqual(golden.map(({ tokenCount }) => tokenCount));
    const passages = await encoder.encode(texts, 'passage');
    const asPassage = worstCosine(
      passages,
      golden.map(({ passage }) => passage),
    );
    const withQuery = golden.flatMap(({ text, query }) => (query === null ? [] : [{ text, query }]));
    const queries = await encoder.encode(
      withQuery.map(({ text }) => text),
      'query',
    );
    const asQuery = worstCosine(
      queries,
      withQuery.map(({ query }) => query),
    );
    console.info(
      `${name}: ${texts.length} texts, smallest cosine ${asPassage} as passage, ${asQuery} as query`,
    );
    expect(asPassage).toBeGreaterThan(floor);
    expect(asQuery).toBeGreaterThan(floor);
    await encoder.dispose();
  });
});
