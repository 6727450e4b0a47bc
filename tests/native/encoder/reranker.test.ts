/** Rerankers of random weights: their scores against our own graph with the head computed here, and how pairs are laid out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeModel } from '../../../src-main/llara/describe-model.ts';
import { hiddenBert } from '../../../src-main/llara/encode/batches/bert-batch.ts';
import { BertWeights } from '../../../src-main/llara/graph/bert/bert-weights.ts';
import { Tokenizer } from '../../../src-main/llara/prompt/tokenizer.ts';
import { createReranker } from '../../../src-main/llara/rerank/create-reranker.ts';
import { pairFormatter } from '../../../src-main/llara/rerank/pair-formatter.ts';
import type { Reranker } from '../../../src-main/llara/rerank/reranker.ts';
import { Backend } from '../../../src-main/native/ggml/backend.ts';
import { GraphExecutor } from '../../../src-main/native/ggml/graph-executor.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { scratchFolder } from '../helpers/scratch.ts';
import { makeTinyBert, type TinyBertOptions } from '../models/make-tiny-bert.ts';
import { makeTinyLlama } from '../models/make-tiny-llama.ts';

const scratch = scratchFolder();
const runtime = await NativeRuntime.create();
const shape = { layerCount: 2, width: 64, headCount: 4, feedForward: 128 };
const question = 'when does the lease end';
const texts = [
  'it ends in may.',
  'a fox.',
  'the deposit is paid back within three weeks of the end of the lease, if nothing is broken.',
  '',
  'in may the lease of the flat in elm street ends, and that of the garage in july.',
];

async function make(name: string, options: TinyBertOptions): Promise<string> {
  const path = join(scratch, name);
  await makeTinyBert(runtime, path, { ...shape, ...options });
  return path;
}

/** output · tanh(W · state + b) + c, with the tensors of the file. */
async function readHead(path: string): Promise<(state: Float32Array) => number> {
  const gguf = await GgufFile.create(runtime, path);
  const bytes = readFileSync(path);
  const tensor = (name: string) => {
    const { fileOffset, byteLength } = gguf.tensors().find((each) => each.name === name)!;
    return new Float32Array(
      bytes.buffer.slice(bytes.byteOffset + fileOffset, bytes.byteOffset + fileOffset + byteLength),
    );
  };
  const [inner, bias] = [tensor('cls.weight'), tensor('cls.bias')];
  const [outer, offset] = [tensor('cls.output.weight'), tensor('cls.output.bias')];
  gguf.dispose();
  const product = (row: Float32Array, state: ArrayLike<number>) =>
    row.reduce((sum, value, at) => sum + value * state[at]!, 0);
  return (state) => {
    const width = state.length;
    const hidden = Array.from(bias, (value, at) =>
      Math.tanh(value + product(inner.subarray(at * width, (at + 1) * width), state)),
    );
    return product(outer, hidden) + offset[0]!;
  };
}

describe('scores', () => {
  let path: string;
  let reranker: Reranker;
  beforeAll(async () => {
    path = await make('reranker.gguf', { poolingType: 4, hasHead: true });
    reranker = await createReranker({ modelPath: path, device: 'cpu', threads: 2 });
  });
  afterAll(async () => await reranker.dispose());

  it('are those of the head over the first token of [CLS] question [SEP] passage [SEP]', async () => {
    const bare = await make('bare.gguf', {});
    const gguf = await GgufFile.create(runtime, bare);
    const backend = await Backend.create(runtime, { device: runtime.findDevice('cpu')!, threadCount: 1 });
    const executor = GraphExecutor.create(backend);
    const model = await BertWeights.create(backend, gguf, { forProductsOnly: true });
    const tokenizer = await Tokenizer.create(runtime, bare);
    const [cls, sep] = [2, 3];
    const pairs = texts.map((text) => {
      const first = [cls, ...tokenizer.tokenize(question), sep];
      const tokens = Int32Array.from([...first, ...tokenizer.tokenize(text), sep]);
      return { tokens, secondFrom: first.length, selected: Int32Array.of(0) };
    });
    const states = await hiddenBert(executor, model, pairs, {});
    const head = await readHead(path);
    const expected = states.map(([state]) => head(state!));
    const scores = await reranker.rank(question, texts);
    for (const [index, score] of scores.entries()) expect(score).toBeCloseTo(expected[index]!, 2);
    // Random weights, but they tell passages apart.
    expect(new Set(scores.map((score) => score.toFixed(3))).size).toBe(texts.length);
    tokenizer.dispose();
    model.dispose();
    executor.dispose();
    await backend.dispose();
    gguf.dispose();
  });

  it('do not depend on what else is read', async () => {
    const together = await reranker.rank(question, [...texts, ...texts.toReversed()]);
    for (const [index, text] of texts.entries()) {
      const [alone] = await reranker.rank(question, [text]);
      expect(together[index]).toBeCloseTo(alone!, 2);
      expect(together[2 * texts.length - 1 - index]).toBeCloseTo(alone!, 2);
    }
  });

  it('are given for passages and questions that are far too long', async () => {
    const long = 'lease '.repeat(5000);
    const scores = await reranker.rank(long, [long, 'a fox.']);
    expect(scores.every(Number.isFinite)).toBe(true);
  });

  it('are not waited for once aborted, and work again afterwards', async () => {
    const reason = new Error('No longer wanted.');
    const many = Array.from({ length: 200 }, () => texts[2]!);
    const left = new AbortController();
    const ranking = reranker.rank(question, many, left.signal);
    left.abort(reason);
    await expect(ranking).rejects.toBe(reason);
    expect(await reranker.rank(question, texts)).toHaveLength(texts.length);
  });
});

describe('our graph', () => {
  const scoresBy = async (path: string, engine: 'graph' | 'decode', asked: readonly string[] = texts) => {
    const reranker = await createReranker({ modelPath: path, device: 'cpu', threads: 2, engine });
    const scores = await reranker.rank(question, asked);
    await reranker.dispose();
    return scores;
  };
  const expectAlike = (some: readonly number[], others: readonly number[], within: number) => {
    for (const [index, score] of some.entries())
      expect(Math.abs(score - others[index]!)).toBeLessThan(within);
  };

  it.each([
    ['f32', { hasTypes: false }, 0.01],
    ['f16', { hasTypes: false, type: 'f16' }, 0.01],
    ['q8_0', { hasTypes: false, type: 'q8_0' }, 0.05],
    ['a head of one layer', { hasTypes: false, without: ['cls.weight', 'cls.bias'] }, 0.01],
  ] as const)('gives what llama.cpp gives where texts have no types: %s', async (name, options, within) => {
    const path = await make(`alike-${name.replace(/\W+/g, '-')}.gguf`, {
      poolingType: 4,
      hasHead: true,
      ...options,
    });
    expectAlike(await scoresBy(path, 'graph'), await scoresBy(path, 'decode'), within);
  });

  it('knows the passage for the second text, which llama.cpp takes for the first', async () => {
    const head = { poolingType: 4, hasHead: true, typeScale: 0.6 };
    const tokenizer = await Tokenizer.create(runtime, await make('counted.gguf', head));
    const secondTypeFrom = tokenizer.tokenize(question).length + 2;
    tokenizer.dispose();
    const typed = await make('typed.gguf', head);
    const placed = await make('placed.gguf', { ...head, secondTypeFrom });
    const scores = await scoresBy(typed, 'graph');
    expectAlike(scores, await scoresBy(placed, 'decode'), 0.01);
    const untold = await scoresBy(typed, 'decode');
    expect(Math.max(...scores.map((score, index) => Math.abs(score - untold[index]!)))).toBeGreaterThan(0.05);
  });
});

it('refuses to be used after its disposal', async () => {
  const path = await make('disposed.gguf', { poolingType: 4, hasHead: true });
  const reranker = await createReranker({ modelPath: path, device: 'cpu', threads: 1 });
  await reranker.dispose();
  await reranker.dispose();
  await expect(reranker.rank(question, texts)).rejects.toThrow(/after its disposal/);
});

describe('a file', () => {
  it.each([
    ['says so', { poolingType: 4, hasHead: true }, 'reranker'],
    ['says nothing, but has a head', { poolingType: null, hasHead: true }, 'reranker'],
    ['says otherwise, but has a head', { poolingType: 2, hasHead: true }, 'reranker'],
    ['has a pooler', { poolingType: 2, extraVectors: { 'cls.weight': 64 } }, 'encoder'],
    ['is an encoder', {}, 'encoder'],
  ] as const)('that %s is an encoder or a reranker', async (name, options, kind) => {
    const path = await make(`${name.replace(/\W+/g, '-')}.gguf`, options);
    expect(await describeModel(path, runtime)).toMatchObject({ kind, isLanguageModel: false });
  });

  it('that says so and has no head is refused', async () => {
    const path = await make('headless.gguf', { poolingType: 4 });
    await expect(describeModel(path, runtime)).rejects.toMatchObject({ code: 'model-invalid' });
    await expect(createReranker({ modelPath: path })).rejects.toThrow(/holds no classification head/);
  });

  it('that is an encoder is no reranker', async () => {
    const path = await make('encoder.gguf', {});
    await expect(createReranker({ modelPath: path })).rejects.toThrow(/is no reranker/);
  });
});

it('closes the question and opens the passage where the vocabulary is RoBERTa’s', async () => {
  const path = 'resources/models/multilingual-e5-small/multilingual-e5-small-q4_0.gguf';
  const gguf = await GgufFile.create(runtime, path);
  const tokenizer = await Tokenizer.create(runtime, path);
  const [begin, end] = [0, 2];
  expect([begin, end].map((token) => tokenizer.textOf(token))).toEqual(['<s>', '</s>']);
  const [asked, read] = ['wann endet die Pacht', '租约在五月到期。'].map((text) => tokenizer.tokenize(text));
  const format = pairFormatter(gguf, tokenizer, 512);
  expect([...format('wann endet die Pacht', '租约在五月到期。').tokens]).toEqual([
    ...[begin, ...asked!, end],
    ...[end, ...read!, end],
  ]);
  const full = pairFormatter(gguf, tokenizer, 64)('Pacht '.repeat(99), '租约 '.repeat(99)).tokens;
  expect(full).toHaveLength(64);
  expect(full.filter((token) => token === end)).toHaveLength(3);
  expect(full.at(-1)).toBe(end);
  tokenizer.dispose();
  gguf.dispose();
});

describe('a language model with a template', () => {
  const template = '<s>query: {query} document: {document}</s>answer:';
  const width = 64;

  it('is asked for the probability of a yes', async () => {
    const path = join(scratch, 'qwen3-reranker.gguf');
    await makeTinyLlama(runtime, path, {
      architecture: 'qwen3',
      plain: true,
      extraStrings: { 'tokenizer.chat_template.rerank': template },
      extraNumbers: { 'qwen3.pooling_type': 4 },
      extraStringLists: { 'qwen3.classifier.output_labels': ['yes', 'no'] },
      extraMatrices: {
        'cls.output.weight': {
          rowLength: width,
          values: Float32Array.from({ length: 2 * width }, (_, at) => Math.sin(at * at)),
        },
      },
    });
    expect(await describeModel(path, runtime)).toMatchObject({ kind: 'reranker', isLanguageModel: false });
    const reranker = await createReranker({ modelPath: path, device: 'cpu', threads: 1 });
    const scores = await reranker.rank(question, texts);
    // As logits again, so that they lie on both sides of nought or beyond one.
    expect(new Set(scores.map((score) => score.toFixed(3))).size).toBe(texts.length);
    const [alone] = await reranker.rank(question, [texts[4]!]);
    expect(scores[4]).toBeCloseTo(alone!, 3);
    await reranker.dispose();
  });

  it('gets both texts in their places, cut to the room there is, and no token by its spelling', async () => {
    const path = join(scratch, 'template.gguf');
    await makeTinyLlama(runtime, path, {
      plain: true,
      extraStrings: { 'tokenizer.chat_template.rerank': template },
    });
    const gguf = await GgufFile.create(runtime, path);
    const tokenizer = await Tokenizer.create(runtime, path);
    const format = pairFormatter(gguf, tokenizer, 100);
    const spelled = (tokens: Int32Array) =>
      [...tokens]
        .map((token) => tokenizer.textOf(token))
        .join('')
        .replaceAll('▁', ' ');
    const short = spelled(format('may', 'a </s> fox').tokens);
    expect(short).toMatch(/query: may document: a <0x3C> <0x2F>s<0x3E> fox<\/s> answer:$/);
    const long = format('lease '.repeat(500), 'fox '.repeat(500)).tokens;
    expect(long.length).toBeLessThanOrEqual(100);
    expect(long.length).toBeGreaterThan(80);
    expect(spelled(long)).toMatch(/lease.* document: fox fox.*<\/s> answer:$/);
    tokenizer.dispose();
    gguf.dispose();
  });
});
