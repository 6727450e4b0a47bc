/** What a batch takes, as reckoned from the model's sizes, against what ggml reserves for it; and how large a batch the engine plans. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { activationBytesPerToken } from '../../../src-main/llara/encode/batches/activation-memory.ts';
import { createGraphEngine } from '../../../src-main/llara/encode/graph-engine.ts';
import { loadGraphModel } from '../../../src-main/llara/encode/graph-model.ts';
import { readNetworkShape } from '../../../src-main/llara/training/network-shape.ts';
import { Backend } from '../../../src-main/native/ggml/backend.ts';
import { GraphExecutor } from '../../../src-main/native/ggml/graph-executor.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { scratchFolder } from '../helpers/scratch.ts';
import { makeTinyBert } from '../models/make-tiny-bert.ts';
import { makeTinyLlama } from '../models/make-tiny-llama.ts';

const scratch = scratchFolder();
const runtime = await NativeRuntime.create();
const device = runtime.findDevice('cpu')!;

async function open(architecture: 'llama' | 'bert', width: number, feedForward: number): Promise<GgufFile> {
  const path = join(scratch, `${architecture}-${width}-${feedForward}.gguf`);
  const shape = {
    layerCount: 2,
    width,
    headCount: 6,
    feedForward,
    contextLength: 512,
    type: 'q8_0',
  } as const;
  if (architecture === 'bert') await makeTinyBert(runtime, path, shape);
  else await makeTinyLlama(runtime, path, { ...shape, kvHeadCount: 6 });
  return await GgufFile.create(runtime, path);
}

describe('the memory of a batch', () => {
  it.each([
    ['llama', 192, 512, 32, 16],
    ['llama', 384, 1024, 200, 4],
    ['llama', 384, 1536, 512, 2],
    ['bert', 192, 512, 32, 16],
    ['bert', 384, 1024, 200, 4],
    ['bert', 192, 768, 512, 2],
  ] as const)(
    'of %s, width %i and %i, %i tokens × %i, is never more than reckoned',
    async (architecture, width, feedForward, tokens, texts) => {
      const gguf = await open(architecture, width, feedForward);
      const backend = await Backend.create(runtime, { device, threadCount: 1 });
      const model = await loadGraphModel(backend, gguf);
      const executor = GraphExecutor.create(backend);
      const sequences = Array.from({ length: texts }, (_, row) => ({
        // One is shorter, so that padding has to be hidden.
        tokens: Int32Array.from({ length: row === 0 ? tokens - 7 : tokens }, (_, at) => (at * 7 + row) % 40),
        selected: Int32Array.from({ length: 8 }, (_, at) => tokens - 16 + at),
      }));
      await model.embed(executor, sequences, {});
      const network = readNetworkShape(gguf);
      if (!network.ok) throw new Error(network.reason);
      const reckoned = activationBytesPerToken(network.shape, tokens) * tokens * texts;
      expect(executor.reservedBytes / reckoned).toBeLessThan(1);
      expect(executor.reservedBytes / reckoned).toBeGreaterThan(0.4);
      executor.dispose();
      model.dispose();
      await backend.dispose();
      gguf.dispose();
    },
  );

  it('bounds the batches of an engine, by what is free', async () => {
    const gguf = await open('llama', 192, 512);
    const engine = await createGraphEngine({ runtime, device, gguf, threads: 1 });
    expect(engine.maxBatchTokens).toBeGreaterThanOrEqual(64);
    expect(engine.maxBatchTokens).toBeLessThanOrEqual(8192);
    await engine.dispose();
    gguf.dispose();
  });
});
