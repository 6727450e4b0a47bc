/** Which prompt and pooling a model gets: from its own keys, from its vocabulary, from the catalogue, or none. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPromptProfile } from '../../../src-main/llara/prompt/prompt-profile.ts';
import { normaliseText, parseNormalisation } from '../../../src-main/llara/prompt/text-normalisation.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import { GgufWriter } from '../../../src-main/native/gguf/gguf-writer.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { scratchFolder } from '../helpers/scratch.ts';

const scratch = scratchFolder();
const runtime = await NativeRuntime.create();
let fileCount = 0;

async function profileOf(
  strings: Record<string, string>,
  numbers: Record<string, number> = {},
  tokens = ['a'],
) {
  fileCount += 1;
  const path = join(scratch, `model-${fileCount}.gguf`);
  const writer = GgufWriter.create(runtime, 1);
  for (const [key, value] of Object.entries(strings)) writer.setString(key, value);
  for (const [key, value] of Object.entries(numbers)) writer.setUint32(key, value);
  writer.setStrings('tokenizer.ggml.tokens', tokens);
  await writer.write(path);
  writer.dispose();
  const gguf = await GgufFile.create(runtime, path);
  try {
    return readPromptProfile(gguf);
  } finally {
    gguf.dispose();
  }
}

const llaraTokens = Array.from({ length: 16 }, (_, index) => `<s${index + 1}>`);

describe('prompt profiles', () => {
  it('follow the file’s own keys', async () => {
    const keys = {
      'general.architecture': 'llama',
      'llara.prompt.self': '<s1>',
      'llara.prompt.next': '<s9>',
      'llara.text.normalization': 'nfkc, lowercase',
    };
    expect(await profileOf(keys, { 'llara.pooling.last_tokens': 1 })).toEqual({
      passage: { prefix: '', suffix: '<s1>' },
      query: { prefix: '', suffix: '<s9>' },
      tokeniseApart: true,
      pooling: { kind: 'last', count: 1 },
      normalisation: ['nfkc', 'lowercase'],
    });
  });

  it('are the released ones where the vocabulary has the sixteen tokens', async () => {
    const profile = await profileOf({ 'general.architecture': 'llama' }, {}, ['x', ...llaraTokens]);
    expect(profile.pooling).toEqual({ kind: 'last', count: 8 });
    expect(profile.passage).toEqual({
      prefix: '"',
      suffix: '", summarize the above passage within eight words: <s1><s2><s3><s4><s5><s6><s7><s8>',
    });
    expect(profile.query.suffix).toBe(
      '", predict the following passage within eight words: <s9><s10><s11><s12><s13><s14><s15><s16>',
    );
  });

  it.each([
    ['E5 Base V2', 'bert', 1, 'query: ', 'passage: ', { kind: 'mean' }],
    [
      'Bge Small En v1.5',
      'bert',
      2,
      'Represent this sentence for searching relevant passages: ',
      '',
      { kind: 'cls' },
    ],
    ['nomic-embed-text-v1.5', 'nomic-bert', 1, 'search_query: ', 'search_document: ', { kind: 'mean' }],
    [
      'Qwen3 Embedding 0.6B',
      'qwen3',
      3,
      expect.stringContaining('Instruct: '),
      '',
      { kind: 'last', count: 1 },
    ],
    ['All MiniLM L6 v2', 'bert', 1, '', '', { kind: 'mean' }],
  ])('know %s', async (name, architecture, pooling, query, passage, kind) => {
    const strings = { 'general.architecture': architecture, 'general.name': name };
    const profile = await profileOf(strings, { [`${architecture}.pooling_type`]: pooling });
    expect(profile).toMatchObject({ query: { prefix: query }, passage: { prefix: passage }, pooling: kind });
  });

  it.each(['llama', 'qwen2', 'qwen3'])('are LLaRA’s in words for a language model of %s', async (name) => {
    expect(await profileOf({ 'general.architecture': name, 'general.name': 'SmolLM2' })).toEqual({
      passage: { prefix: '"', suffix: '", summarize the above passage within eight words:' },
      query: { prefix: '"', suffix: '", predict the following passage within eight words:' },
      tokeniseApart: true,
      pooling: { kind: 'last', count: 8 },
      normalisation: [],
    });
  });

  it('are not LLaRA’s for a llama that is an encoder by its pooling or its name', async () => {
    const plain = { pooling: { kind: 'last', count: 1 }, passage: { prefix: '', suffix: '' } };
    const strings = { 'general.architecture': 'llama' };
    expect(await profileOf(strings, { 'llama.pooling_type': 3 })).toMatchObject(plain);
    expect(await profileOf({ ...strings, 'general.name': 'E5 Llama' })).toMatchObject({
      passage: { prefix: 'passage: ', suffix: '' },
    });
    const named = { 'general.architecture': 'qwen2', 'general.name': 'gte Qwen2 1.5B instruct' };
    expect(await profileOf(named)).toMatchObject(plain);
  });

  it('fall back to the last token of another decoder and the mean of a BERT', async () => {
    expect(await profileOf({ 'general.architecture': 'stablelm' })).toMatchObject({
      pooling: { kind: 'last', count: 1 },
      passage: { prefix: '', suffix: '' },
    });
    expect((await profileOf({ 'general.architecture': 'bert' })).pooling).toEqual({ kind: 'mean' });
  });
});

describe('text normalisation', () => {
  it('takes the steps in the order named', () => {
    const steps = parseNormalisation('nfkc,collapse-whitespace,lowercase');
    expect(steps).toEqual(['nfkc', 'collapse-whitespace', 'lowercase']);
    expect(normaliseText('  Ｆüll\n\tﬁsh Ⅷ ', steps as never)).toBe('füll fish viii');
  });

  it('reports a step that it does not know', () => {
    expect(parseNormalisation('nfkc,rot13')).toEqual({ unknown: 'rot13' });
    expect(parseNormalisation(undefined)).toEqual([]);
  });
});
