/** The encoder as its callers see it: order, prompts, truncation, priority, abort, adapters, disposal; on both ways of computing. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeModel } from '../../../src-main/llara/describe-model.ts';
import { createTextEncoder } from '../../../src-main/llara/encode/create-text-encoder.ts';
import type { TextEncoder } from '../../../src-main/llara/encode/text-encoder.ts';
import { fileId } from '../../../src-main/llara/file-id.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { scratchFolder } from '../helpers/scratch.ts';
import { cosine, norm, worstCosine } from '../helpers/vectors.ts';
import { makeTinyBert } from '../models/make-tiny-bert.ts';
import { makeTinyLlama } from '../models/make-tiny-llama.ts';
import { makeTinyLora } from '../models/make-tiny-lora.ts';

const scratch = scratchFolder();
const runtime = await NativeRuntime.create();
const modelPath = join(scratch, 'tiny.gguf');
const texts = [
  'The lease ends in May.',
  '',
  'a',
  'Fähre über den Fluß — 渡し船',
  'word '.repeat(60),
  'The lease',
];

beforeAll(() => makeTinyLlama(runtime, modelPath));

describe.each(['graph', 'decode'] as const)('on the %s engine', (engine) => {
  let encoder: TextEncoder;
  beforeAll(async () => {
    encoder = await createTextEncoder({ modelPath, device: 'cpu', threads: 2, runtime, engine });
  });
  afterAll(() => encoder.dispose());

  it('says what it is', async () => {
    expect(encoder).toMatchObject({
      info: { id: await fileId(modelPath), name: 'random-llama-1', adapterId: null },
      dimension: 64,
      maxTextTokens: 256 - 1 - 8,
      device: 'cpu (2 threads)',
    });
  });

  it('gives one unit vector per text, in order, as if each were alone', async () => {
    const together = await encoder.encode(texts, 'passage');
    const alone: Float32Array[] = [];
    for (const text of texts) alone.push(...(await encoder.encode([text], 'passage')));
    expect(together).toHaveLength(texts.length);
    for (const vector of together) expect(norm(vector)).toBeCloseTo(1, 4);
    expect(worstCosine(together, alone)).toBeGreaterThan(0.9999);
    expect(cosine(together[0]!, together[3]!)).toBeLessThan(0.999);
  });

  it('embeds queries with another prompt than passages', async () => {
    const [passage] = await encoder.encode(['shock wave'], 'passage');
    const [query] = await encoder.encode(['shock wave'], 'query');
    expect(cosine(passage!, query!)).toBeLessThan(0.999);
  });

  it('normalises as the model file asks', async () => {
    const [plain, odd] = await encoder.encode(['the ferry', '  THE\n\tﬀ'.replace('ﬀ', 'ferry')], 'passage');
    expect(cosine(plain!, odd!)).toBeGreaterThan(0.9999);
  });

  it('truncates the text and keeps the prompt', async () => {
    const base = 'ab '.repeat(2000);
    const [tokenCount] = encoder.countTokens([base]);
    expect(tokenCount).toBeGreaterThan(encoder.maxTextTokens);
    const [long, longer, other] = await encoder.encode([base, `${base}zz`, `zz ${base}`], 'passage');
    expect(cosine(long!, longer!)).toBeGreaterThan(0.99999);
    expect(cosine(long!, other!)).toBeLessThan(0.99999);
    const [asQuery] = await encoder.encode([base], 'query');
    expect(cosine(long!, asQuery!)).toBeLessThan(0.999);
  });

  it('reads special tokens in a text as plain characters', async () => {
    const [spelled] = encoder.countTokens(['<s1>']);
    expect(spelled).toBeGreaterThan(1);
  });

  it('reports progress and nothing for no texts', async () => {
    const seen: number[] = [];
    await encoder.encode(texts, 'passage', { onProgress: (count) => seen.push(count) });
    expect(seen.at(-1)).toBe(texts.length);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(await encoder.encode([], 'query')).toEqual([]);
  });

  it('stops on abort with the reason given', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const many = Array.from({ length: 3000 }, (_, index) => `text number ${index} `.repeat(10));
    let doneCount = 0;
    const work = encoder.encode(many, 'passage', {
      signal: controller.signal,
      onProgress: (count) => {
        doneCount = count;
        controller.abort(reason);
      },
    });
    await expect(work).rejects.toBe(reason);
    expect(doneCount).toBeLessThan(many.length);
    await expect(encoder.encode(['still alive'], 'query')).resolves.toHaveLength(1);
    await expect(encoder.encode(['x'], 'query', { signal: controller.signal })).rejects.toBe(reason);
  });

  it('lets a query overtake a running background call', async () => {
    const many = Array.from({ length: 400 }, (_, index) => `passage number ${index} of many `.repeat(8));
    let backgroundDone = 0;
    const background = encoder.encode(many, 'passage', {
      onProgress: (count) => {
        backgroundDone = count;
      },
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    await encoder.encode(['quick question'], 'query', { priority: 'interactive' });
    expect(backgroundDone).toBeLessThan(many.length);
    await background;
    expect(backgroundDone).toBe(many.length);
  });

  it('leaves the event loop free while it computes', async () => {
    const many = Array.from({ length: 200 }, (_, index) => `passage number ${index} of many `.repeat(8));
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 5);
    await encoder.encode(many, 'passage');
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });
});

describe('both engines', () => {
  it('agree', async () => {
    const options = { modelPath, device: 'cpu', threads: 1, runtime };
    const graph = await createTextEncoder({ ...options, engine: 'graph' });
    const decode = await createTextEncoder({ ...options, engine: 'decode' });
    const worst = worstCosine(await graph.encode(texts, 'query'), await decode.encode(texts, 'query'));
    expect(worst).toBeGreaterThan(0.9999);
    await graph.dispose();
    await decode.dispose();
  });

  it('agree with an adapter, and name it', async () => {
    const adapterPath = join(scratch, 'adapter.gguf');
    await makeTinyLora(runtime, adapterPath, { baseId: await fileId(modelPath) });
    const options = { modelPath, adapterPath, device: 'cpu', threads: 1, runtime };
    const graph = await createTextEncoder({ ...options, engine: 'graph' });
    const decode = await createTextEncoder({ ...options, engine: 'decode' });
    expect(graph.info.adapterId).toBe(await fileId(adapterPath));
    const worst = worstCosine(await graph.encode(texts, 'passage'), await decode.encode(texts, 'passage'));
    expect(worst).toBeGreaterThan(0.9999);
    await graph.dispose();
    await decode.dispose();
  });

  it.each(['graph', 'decode'] as const)(
    'leave passages as they are under an adapter for queries, on the %s engine',
    async (engine) => {
      const encoderWith = async (name: string, queriesOnly: boolean) => {
        const adapterPath = join(scratch, name);
        await makeTinyLora(runtime, adapterPath, { baseId: await fileId(modelPath), queriesOnly });
        return await createTextEncoder({
          modelPath,
          adapterPath,
          device: 'cpu',
          threads: 1,
          runtime,
          engine,
        });
      };
      const bare = await createTextEncoder({ modelPath, device: 'cpu', threads: 1, runtime, engine });
      const both = await encoderWith('both.gguf', false);
      const queries = await encoderWith('queries.gguf', true);
      expect([bare, both, queries].map(({ info }) => info.adaptsPassages)).toEqual([false, true, false]);
      for (let round = 0; round < 2; round++) {
        const passages = await queries.encode(texts, 'passage');
        expect(worstCosine(passages, await bare.encode(texts, 'passage'))).toBeGreaterThan(0.99999);
        expect(worstCosine(passages, await both.encode(texts, 'passage'))).toBeLessThan(0.99);
        const asked = await queries.encode(texts, 'query');
        expect(worstCosine(asked, await both.encode(texts, 'query'))).toBeGreaterThan(0.99999);
      }
      for (const encoder of [bare, both, queries]) await encoder.dispose();
    },
  );
});

describe('refusals', () => {
  it.each([
    { what: 'an adapter of another base', options: { baseId: '0123456789abcdef' } },
    { what: 'an adapter of another architecture', options: { architecture: 'qwen2' } },
    { what: 'an adapter of another width', options: { width: 32 } },
  ])('$what', async ({ what, options }) => {
    const adapterPath = join(scratch, `${what.replace(/ /g, '-')}.gguf`);
    await makeTinyLora(runtime, adapterPath, options);
    await expect(createTextEncoder({ modelPath, adapterPath, device: 'cpu', runtime })).rejects.toMatchObject(
      {
        code: 'adapter-mismatch',
        message: expect.stringContaining(adapterPath),
      },
    );
  });

  it('a model in the place of an adapter', async () => {
    await expect(createTextEncoder({ modelPath, adapterPath: modelPath, runtime })).rejects.toMatchObject({
      code: 'adapter-mismatch',
    });
  });

  it('an adapter in the place of a model', async () => {
    const adapterPath = join(scratch, 'lonely.gguf');
    await makeTinyLora(runtime, adapterPath);
    await expect(describeModel(adapterPath)).rejects.toMatchObject({ code: 'model-invalid' });
    await expect(createTextEncoder({ modelPath: adapterPath, runtime })).rejects.toMatchObject({
      code: 'model-invalid',
    });
  });

  it('a device that is not there', async () => {
    await expect(createTextEncoder({ modelPath, device: 'CUDA7', runtime })).rejects.toMatchObject({
      code: 'not-supported',
      message: expect.stringContaining('CPU'),
    });
  });

  it('a file that was cut short', async () => {
    const path = join(scratch, 'short.gguf');
    const bytes = readFileSync(modelPath);
    writeFileSync(path, bytes.subarray(0, bytes.length - 5000));
    await expect(createTextEncoder({ modelPath: path, runtime })).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining(path),
    });
  });

  it.each([
    { what: 'a wrong number of heads', key: 'llama.attention.head_count_kv', value: 4 },
    { what: 'heads that cannot share keys', key: 'llama.attention.head_count_kv', value: 3 },
    { what: 'a wrong width', key: 'llama.embedding_length', value: 128 },
    { what: 'too many layers', key: 'llama.block_count', value: 9 },
  ])('a model that lies about itself: $what', async ({ what, key, value }) => {
    const path = join(scratch, `${what.replace(/ /g, '-')}.gguf`);
    await makeTinyLlama(runtime, path, { extraNumbers: { [key]: value } });
    await expect(createTextEncoder({ modelPath: path, device: 'cpu', runtime })).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining(path),
    });
  });

  it('an unknown text normalisation', async () => {
    const path = join(scratch, 'odd-normalisation.gguf');
    await makeTinyLlama(runtime, path, { extraStrings: { 'llara.text.normalization': 'nfkc,rot13' } });
    await expect(createTextEncoder({ modelPath: path, runtime })).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining('rot13'),
    });
  });

  it('work after disposal, and ends what was waiting', async () => {
    const encoder = await createTextEncoder({ modelPath, device: 'cpu', threads: 1, runtime });
    const waiting = encoder.encode(
      Array.from({ length: 300 }, () => 'some text '.repeat(20)),
      'passage',
    );
    const ended = expect(waiting).rejects.toThrow(/disposal/);
    await encoder.dispose();
    await encoder.dispose();
    await ended;
    await expect(encoder.encode(['x'], 'query')).rejects.toThrow(/disposal/);
    expect(() => encoder.countTokens(['x'])).toThrow(/disposal/);
  });
});

describe('other embedders', () => {
  it.each([
    ['a decoder that says so pools its last token', { 'llama.pooling_type': 3 }, 256 - 1],
    ['a plain language model pools eight tokens of a prompt in words', {}, 256 - 35],
  ])('%s', async (_, extraNumbers, maxTextTokens) => {
    const path = join(scratch, 'plain.gguf');
    await makeTinyLlama(runtime, path, { plain: true, extraNumbers });
    const encoder = await createTextEncoder({ modelPath: path, device: 'cpu', threads: 1, runtime });
    expect(encoder.maxTextTokens).toBe(maxTextTokens);
    const reference = await createTextEncoder({
      modelPath: path,
      device: 'cpu',
      threads: 1,
      runtime,
      engine: 'decode',
    });
    const worst = worstCosine(
      await encoder.encode(texts, 'passage'),
      await reference.encode(texts, 'passage'),
    );
    expect(worst).toBeGreaterThan(0.9999);
    await encoder.dispose();
    await reference.dispose();
  });

  it('the paper’s prompts pool the one token at their end', async () => {
    const path = join(scratch, 'paper.gguf');
    const prompts = {
      'llara.prompt.self': 'the original sentence: </s>',
      'llara.prompt.next': 'the next sentence: </s>',
    };
    await makeTinyLlama(runtime, path, { plain: true, extraStrings: prompts });
    const options = { modelPath: path, device: 'cpu', threads: 1, runtime };
    const encoder = await createTextEncoder(options);
    const reference = await createTextEncoder({ ...options, engine: 'decode' });
    const passages = await encoder.encode(texts, 'passage');
    expect(worstCosine(passages, await reference.encode(texts, 'passage'))).toBeGreaterThan(0.9999);
    expect(cosine(passages[0]!, (await encoder.encode(texts, 'query'))[0]!)).toBeLessThan(0.999);
    await encoder.dispose();
    await reference.dispose();
  });

  it.each([1, 2])(
    'a BERT gives one vector per text whatever its neighbours, pooling %i',
    async (poolingType) => {
      const path = join(scratch, `bert-${poolingType}.gguf`);
      await makeTinyBert(runtime, path, { poolingType });
      const encoder = await createTextEncoder({ modelPath: path, device: 'cpu', threads: 1, runtime });
      expect(encoder.dimension).toBe(32);
      const together = await encoder.encode(texts, 'passage');
      const alone: Float32Array[] = [];
      for (const text of texts) alone.push(...(await encoder.encode([text], 'passage')));
      for (const vector of together) expect(norm(vector)).toBeCloseTo(1, 4);
      expect(worstCosine(together, alone)).toBeGreaterThan(0.9999);
      await encoder.dispose();
    },
  );

  it('a BERT’s pooling is the one of its file', async () => {
    const load = (kind: number) =>
      createTextEncoder({
        modelPath: join(scratch, `bert-${kind}.gguf`),
        device: 'cpu',
        threads: 1,
        runtime,
      });
    const mean = await load(1);
    const cls = await load(2);
    const [a] = await mean.encode(['the ferry'], 'passage');
    const [b] = await cls.encode(['the ferry'], 'passage');
    expect(cosine(a!, b!)).toBeLessThan(0.999);
    await mean.dispose();
    await cls.dispose();
  });
});
