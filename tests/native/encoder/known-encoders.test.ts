/** Encoders that people have, by small files that say of themselves what theirs say: texts through our graph and through `llama_decode`. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTextEncoder } from '../../../src-main/llara/encode/create-text-encoder.ts';
import { ownGraphVerdict } from '../../../src-main/llara/encode/graph-model.ts';
import { readPromptProfile } from '../../../src-main/llara/prompt/prompt-profile.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { scratchFolder } from '../helpers/scratch.ts';
import { worstCosine } from '../helpers/vectors.ts';
import { makeTinyGemma } from '../models/make-tiny-gemma.ts';
import { makeTinyLlama } from '../models/make-tiny-llama.ts';

const scratch = scratchFolder();
const runtime = await NativeRuntime.create();

type Case = {
  name: string;
  make: (path: string) => Promise<void>;
  query: string;
  pooling: { kind: string; count?: number };
};

const cases: Case[] = [
  {
    name: 'Qwen3-Embedding',
    make: (path) =>
      makeTinyLlama(runtime, path, {
        architecture: 'qwen3',
        headSize: 32,
        plain: true,
        addsEos: true,
        extraStrings: { 'general.name': 'Qwen3 Embedding 0.6B' },
        extraNumbers: { 'qwen3.pooling_type': 3 },
      }),
    query: 'Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:',
    pooling: { kind: 'last', count: 1 },
  },
  {
    name: 'a Qwen2 encoder',
    make: (path) =>
      makeTinyLlama(runtime, path, {
        architecture: 'qwen2',
        plain: true,
        addsEos: true,
        extraNumbers: { 'qwen2.pooling_type': 3 },
      }),
    query: '',
    pooling: { kind: 'last', count: 1 },
  },
  {
    name: 'EmbeddingGemma',
    make: (path) => makeTinyGemma(runtime, path, { name: 'Embeddinggemma 300m', denseWidth: 96 }),
    query: 'task: search result | query: ',
    pooling: { kind: 'mean' },
  },
];

describe.each(cases)('$name', ({ name, make, query, pooling }) => {
  it('runs on our graph and gives the vectors of llama_decode', async () => {
    const path = join(scratch, `${name.replace(/\W+/g, '-')}.gguf`);
    await make(path);
    const gguf = await GgufFile.create(runtime, path);
    expect(ownGraphVerdict(gguf)).toMatchObject({ ok: true });
    const profile = readPromptProfile(gguf);
    expect(profile).toMatchObject({ pooling, tokeniseApart: false });
    expect(profile.query.prefix).toBe(query);
    gguf.dispose();
    const options = { modelPath: path, device: 'cpu', threads: 1, runtime };
    const ours = await createTextEncoder(options);
    const reference = await createTextEncoder({ ...options, engine: 'decode' });
    const texts = ['the ferry', 'crosses the river each hour, but not at night', '', 'a '.repeat(90)];
    for (const role of ['passage', 'query'] as const) {
      const vectors = await ours.encode(texts, role);
      expect(worstCosine(vectors, await reference.encode(texts, role))).toBeGreaterThan(0.9999);
    }
    await ours.dispose();
    await reference.dispose();
  });
});
