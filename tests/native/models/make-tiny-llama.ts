/**
 * Writes a small GGUF of llama, Qwen2 or Qwen3 architecture with random but reproducible weights, grouped-query attention, a
 * SentencePiece-BPE vocabulary and the sixteen LLaRA tokens. It stands in for a trained model wherever meaning does not matter.
 */

import {
  type RandomLlamaShape,
  randomLlamaTensorCount,
  writeRandomLlama,
} from '../../../src-main/llara/graph/llama/random-llama.ts';
import { GgufWriter } from '../../../src-main/native/gguf/gguf-writer.ts';
import type { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { tinyVocabularySize, writeTinyVocabulary } from './tiny-vocabulary.ts';

export type TinyLlamaOptions = Partial<RandomLlamaShape> & {
  /** Leave out the LLaRA tokens and keys, as in an ordinary decoder. */
  plain?: boolean;
  /** Whether the tokeniser ends each text with EOS. */
  addsEos?: boolean;
  /** Keys to add or to overwrite. */
  extraStrings?: Record<string, string>;
  extraStringLists?: Record<string, string[]>;
  extraNumbers?: Record<string, number>;
  extraFloats?: Record<string, number>;
  /** One-dimensional F32 tensors to add. */
  extraVectors?: Record<string, Float32Array>;
  /** Two-dimensional ones, by the length of a row. */
  extraMatrices?: Record<string, { rowLength: number; values: Float32Array }>;
};

const tinyShape: RandomLlamaShape = {
  layerCount: 2,
  width: 64,
  headCount: 4,
  kvHeadCount: 2,
  feedForward: 96,
  vocabulary: tinyVocabularySize,
  contextLength: 256,
  type: 'f32',
  seed: 1,
};

export async function makeTinyLlama(
  runtime: NativeRuntime,
  path: string,
  options: TinyLlamaOptions = {},
): Promise<void> {
  const {
    plain = false,
    addsEos = false,
    extraStrings = {},
    extraStringLists = {},
    extraNumbers = {},
    extraFloats = {},
    extraVectors = {},
    extraMatrices = {},
    ...shape
  } = options;
  const full = { ...tinyShape, ...shape };
  const extraCount = Object.keys({ ...extraVectors, ...extraMatrices }).length;
  const writer = GgufWriter.create(runtime, randomLlamaTensorCount(full) + extraCount);
  writeRandomLlama(writer, full);
  writeTinyVocabulary(writer, full.vocabulary, plain);
  if (addsEos) writer.setBool('tokenizer.ggml.add_eos_token', true);
  for (const [key, value] of Object.entries(extraStrings)) writer.setString(key, value);
  for (const [key, value] of Object.entries(extraStringLists)) writer.setStrings(key, value);
  for (const [key, value] of Object.entries(extraNumbers)) writer.setUint32(key, value);
  for (const [key, value] of Object.entries(extraFloats)) writer.setFloat32(key, value);
  for (const [name, values] of Object.entries(extraVectors))
    writer.addTensor(name, 'f32', [values.length], values);
  for (const [name, { rowLength, values }] of Object.entries(extraMatrices))
    writer.addTensor(name, 'f32', [rowLength, values.length / rowLength], values);
  await writer.write(path);
  writer.dispose();
}
