/**
 * Files of random weights in the shapes of encoders that people use, in Q8_0: what they compute takes as long as with the trained weights, and
 * nothing has to be downloaded. The shapes are those of the published configurations.
 */
import { join } from 'node:path';
import type { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyBert } from '../../native/models/make-tiny-bert.ts';
import { makeTinyGemma } from '../../native/models/make-tiny-gemma.ts';
import { makeTinyLlama } from '../../native/models/make-tiny-llama.ts';

const type = 'q8_0';

const writers = {
  'llara-mini': (runtime: NativeRuntime, path: string) =>
    makeTinyLlama(runtime, path, {
      layerCount: 8,
      width: 384,
      headCount: 6,
      kvHeadCount: 6,
      feedForward: 1024,
      vocabulary: 32_000,
      contextLength: 512,
      type,
    }),
  'all-MiniLM-L6': (runtime: NativeRuntime, path: string) =>
    makeTinyBert(runtime, path, {
      layerCount: 6,
      width: 384,
      headCount: 12,
      feedForward: 1536,
      vocabulary: 30_522,
      contextLength: 512,
      type,
    }),
  'multilingual-e5-small': (runtime: NativeRuntime, path: string) =>
    makeTinyBert(runtime, path, {
      layerCount: 12,
      width: 384,
      headCount: 12,
      feedForward: 1536,
      vocabulary: 250_037,
      contextLength: 512,
      type,
    }),
  'Qwen3-Embedding-0.6B': (runtime: NativeRuntime, path: string) =>
    makeTinyLlama(runtime, path, {
      architecture: 'qwen3',
      layerCount: 28,
      width: 1024,
      headCount: 16,
      kvHeadCount: 8,
      headSize: 128,
      feedForward: 3072,
      vocabulary: 151_669,
      contextLength: 512,
      type,
      plain: true,
      extraNumbers: { 'qwen3.pooling_type': 3 },
    }),
  'EmbeddingGemma-300M': (runtime: NativeRuntime, path: string) =>
    makeTinyGemma(runtime, path, {
      layerCount: 24,
      width: 768,
      headCount: 3,
      kvHeadCount: 1,
      headSize: 256,
      feedForward: 1152,
      vocabulary: 262_144,
      contextLength: 2048,
      window: 512,
      pattern: 6,
      denseWidth: 3072,
      type,
    }),
} as const;

export type EncoderShape = keyof typeof writers;

export const encoderShapes = Object.keys(writers) as EncoderShape[];

/** Path of a new file in the folder. */
export async function writeEncoderShape(
  runtime: NativeRuntime,
  shape: EncoderShape,
  folder: string,
): Promise<string> {
  const path = join(folder, `${shape}-random-q8_0.gguf`);
  await writers[shape](runtime, path);
  return path;
}
