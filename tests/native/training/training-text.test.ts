/** Training sees the very tokens that the encoder will be asked with. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PromptFormatter } from '../../../src-main/llara/prompt/prompt-formatter.ts';
import { readPromptProfile } from '../../../src-main/llara/prompt/prompt-profile.ts';
import { Tokenizer } from '../../../src-main/llara/prompt/tokenizer.ts';
import { readTrainingText } from '../../../src-main/llara/training/data/training-text.ts';
import { buildBranchSequence } from '../../../src-main/llara/training/graph/branches.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { scratchFolder } from '../helpers/scratch.ts';
import { makeTinyBert } from '../models/make-tiny-bert.ts';
import { makeTinyGemma } from '../models/make-tiny-gemma.ts';
import { makeTinyLlama } from '../models/make-tiny-llama.ts';

const scratch = scratchFolder();
const runtime = await NativeRuntime.create();
const models = join(import.meta.dirname, '../../../resources/models');

it.each([
  ['llara-mini', join(models, 'llara-mini/llara-mini-q8_0.gguf')],
  ['multilingual-e5-small', join(models, 'multilingual-e5-small/multilingual-e5-small-q4_0.gguf')],
  ['a llama with random weights', 'tiny-llama.gguf'],
  ['a BERT without prompts', 'tiny-bert.gguf'],
  ['a BERT pooled by CLS', 'cls-bert.gguf'],
  ['Qwen3-Embedding', 'qwen3-embedding.gguf'],
  ['EmbeddingGemma', 'embeddinggemma.gguf'],
])('%s', async (_, file) => {
  const path = file.includes('/') ? file : join(scratch, file);
  if (file === 'tiny-llama.gguf') await makeTinyLlama(runtime, path);
  if (file === 'embeddinggemma.gguf') await makeTinyGemma(runtime, path);
  if (file === 'qwen3-embedding.gguf') {
    const extraNumbers = { 'qwen3.pooling_type': 3 };
    await makeTinyLlama(runtime, path, { architecture: 'qwen3', plain: true, addsEos: true, extraNumbers });
  }
  if (file.endsWith('-bert.gguf')) {
    await makeTinyBert(runtime, path, { poolingType: file.startsWith('cls') ? 2 : 1 });
  }
  const gguf = await GgufFile.create(runtime, path);
  const tokenizer = await Tokenizer.create(runtime, path);
  const formatter = new PromptFormatter(tokenizer, readPromptProfile(gguf), 512);
  const training = readTrainingText(gguf, tokenizer);
  for (const text of ['when does the lease end', 'Wann endet  der Mietvertrag?', ' x', 'Договор: 2024']) {
    for (const [branch, role] of [
      ['next', 'query'],
      ['self', 'passage'],
    ] as const) {
      const body = training.tokenise(text, branch, 400);
      expect(buildBranchSequence(body, training.prompt, branch)).toEqual(formatter.format(text, role));
    }
  }
  const long = 'word '.repeat(300);
  const [short, longer] = [10, 20].map((limit) => training.tokenise(long, 'next', limit).length);
  expect(longer! - short!).toBe(10);
  expect(training.tokenise('', 'next', 48).length).toBe(0);
  tokenizer.dispose();
  gguf.dispose();
});
