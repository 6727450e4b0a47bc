import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadBeirCollection } from '../../src-main/search/evaluation/beir-collection.ts';
import { letterVector } from '../unit/store/rows.ts';
import { evaluateCollection } from './evaluate-collection.ts';

test('twelve notes and ten questions: words find every answer first', async () => {
  const collection = await loadBeirCollection(join(import.meta.dirname, 'fixtures/mini'));
  expect(collection).toMatchObject({ name: 'mini', corpus: { length: 12 }, queries: { length: 10 } });
  const dimension = 256;
  const encoder = {
    info: {
      id: 'letters',
      name: 'letters',
      adapterId: null,
      adaptsPassages: false,
      languages: [],
      countsByWord: false,
    },
    dimension,
    maxTextTokens: 100,
    device: 'none',
    encode: async (texts: readonly string[]) => texts.map((text) => letterVector(text, dimension)),
    encodePassages: async (texts: readonly string[]) =>
      texts.map((text) => ({ vector: letterVector(text, dimension), windows: [] })),
    makesWindows: false,
    countTokens: (texts: readonly string[]) => texts.map((text) => text.split(' ').length),
    dispose: async () => {},
  };
  const { lexical, dense, hybrid } = await evaluateCollection(
    collection,
    ['lexical', 'dense', 'hybrid'],
    encoder,
  );
  expect(lexical).toMatchObject({ queries: 10, mrr10: 1, recall100: 1 });
  expect(lexical!.ndcg10).toBeGreaterThan(0.97);
  // Vectors of counted letters know no stop words: a real dense ranking, and a worse one.
  expect(dense!.ndcg10).toBeGreaterThan(0.3);
  expect(dense!.ndcg10).toBeLessThan(lexical!.ndcg10);
  expect(hybrid!.ndcg10).toBeGreaterThan(dense!.ndcg10);
  expect(hybrid!.p95_ms).toBeGreaterThanOrEqual(hybrid!.p50_ms);
});
