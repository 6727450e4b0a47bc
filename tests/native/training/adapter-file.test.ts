/** The adapter file is llama.cpp's: its own loader takes it, it means what merged weights mean, and it knows its base. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { dot } from '../../../src-main/common/vectors/dot.ts';
import { packBatch } from '../../../src-main/llara/encode/batches/batch-packing.ts';
import { computePooled } from '../../../src-main/llara/encode/batches/llama-batch.ts';
import { createTextEncoder } from '../../../src-main/llara/encode/create-text-encoder.ts';
import { LlamaWeights } from '../../../src-main/llara/graph/llama/llama-weights.ts';
import { LoraAdapter } from '../../../src-main/llara/graph/lora-adapter.ts';
import { readNeighbourWeight } from '../../../src-main/llara/neighbour-weight.ts';
import { buildBranchSequence } from '../../../src-main/llara/training/graph/branches.ts';
import { TrainingSession } from '../../../src-main/llara/training/loop/training-session.ts';
import { LlamaNetwork } from '../../../src-main/llara/training/networks/llama-network.ts';
import { writeAdapterFile } from '../../../src-main/llara/training/state/adapter-file.ts';
import { TrainingModel } from '../../../src-main/llara/training/state/training-model.ts';
import { GraphExecutor } from '../../../src-main/native/ggml/graph-executor.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyBert } from '../models/make-tiny-bert.ts';
import { makeTinyLlama } from '../models/make-tiny-llama.ts';
import {
  generate,
  goldenPrompt,
  openBackend,
  openGoldenFile,
  readGolden,
  relativeError,
  writeGoldenModel,
} from './golden-model.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llara-adapter-'));
});

const architectures = [
  {
    architecture: 'llama',
    make: makeTinyLlama,
    other: (runtime: NativeRuntime, path: string) => makeTinyLlama(runtime, path, { seed: 2 }),
  },
  {
    architecture: 'bert',
    make: (runtime: NativeRuntime, path: string) => makeTinyBert(runtime, path, { layerCount: 2 }),
    other: (runtime: NativeRuntime, path: string) =>
      makeTinyBert(runtime, path, { layerCount: 2, hasTypes: false }),
  },
];

describe.each(architectures)('stock llama.cpp, $architecture', ({ architecture, make, other }) => {
  it('loads the adapter and embeds with it as our own graph does; another base is refused', async () => {
    const runtime = await NativeRuntime.create();
    const modelPath = join(folder, `tiny-${architecture}.gguf`);
    const adapterPath = join(folder, `tiny-${architecture}-adapter.gguf`);
    await make(runtime, modelPath);
    const session = await TrainingSession.create({
      modelPath,
      rank: 4,
      alpha: 8,
      seed: 1,
      withHead: false,
      threads: 1,
    });
    const { parameters } = session.model;
    parameters.values.forEach((values, index) => {
      values.set(generate(parameters.names[index] as string, values.length, 0.15));
    });
    await session.saveAdapter(adapterPath, {
      name: 'test',
      queriesOnly: false,
      share: 1,
      neighbourWeight: 0.3,
    });
    await session.dispose();

    const texts = ['the cat sat on the mat', 'a much longer sentence about something else entirely'];
    const embed = async (engine: 'graph' | 'decode', adapter?: string) => {
      const encoder = await createTextEncoder({
        modelPath,
        adapterPath: adapter,
        engine,
        device: 'cpu',
        threads: 1,
      });
      const vectors = await encoder.encode(texts, 'passage');
      expect(await readNeighbourWeight(adapter ?? null)).toEqual(adapter ? expect.closeTo(0.3) : undefined);
      await encoder.dispose();
      return vectors;
    };
    const bare = await embed('graph');
    const own = await embed('graph', adapterPath);
    const stock = await embed('decode', adapterPath);
    texts.forEach((_, index) => {
      expect(dot(own[index] as Float32Array, stock[index] as Float32Array)).toBeGreaterThan(0.999);
      expect(dot(own[index] as Float32Array, bare[index] as Float32Array)).toBeLessThan(0.99);
    });

    const otherPath = join(folder, `other-${architecture}.gguf`);
    await other(runtime, otherPath);
    await expect(createTextEncoder({ modelPath: otherPath, adapterPath })).rejects.toMatchObject({
      code: 'adapter-mismatch',
    });
  });
});

describe('an adapter', () => {
  it('means W + alpha / rank · B A', async () => {
    const golden = readGolden();
    const { runtime, backend } = await openBackend();
    const { rank, alpha } = golden.config;
    const baseFile = await openGoldenFile(runtime, golden, 'f32');
    const model = await TrainingModel.create([backend], baseFile, { rank, alpha, seed: 1, withHead: false });
    const { network } = model;
    if (!(network instanceof LlamaNetwork)) throw new Error('not a llama');
    const { names, extents, values } = model.parameters;
    values.forEach((array, index) => {
      array.set(generate(names[index] as string, array.length, 0.1));
    });
    const path = join(folder, 'golden-adapter.gguf');
    const tensors = names.map((name, index) => ({
      name,
      extents: extents[index] as readonly [number, number],
      values: values[index] as Float32Array,
    }));
    await writeAdapterFile(runtime, path, {
      shape: { rank, alpha },
      architecture: 'llama',
      queriesOnly: false,
      baseId: '0123456789abcdef',
      name: 'test',
      tensors,
    });

    const mergedFile = await GgufFile.create(
      runtime,
      await writeGoldenModel(runtime, golden, 'f32', (name, weight) => {
        const a = tensors.find((tensor) => tensor.name === `${name}.lora_a`);
        const b = tensors.find((tensor) => tensor.name === `${name}.lora_b`);
        if (!a || !b) return weight;
        const columns = a.extents[0];
        return weight.map((value, at) => {
          const [row, column] = [Math.floor(at / columns), at % columns];
          let product = 0;
          for (let r = 0; r < rank; r++)
            product += b.values[row * rank + r]! * a.values[r * columns + column]!;
          return value + (alpha / rank) * product;
        });
      }),
    );
    const merged = await LlamaWeights.create(backend, mergedFile);
    const adapter = await LoraAdapter.create(backend, path, network.weights);
    const batch = packBatch(
      golden.texts.map((text) => buildBranchSequence(text, goldenPrompt(golden), 'self')),
    );
    const executor = GraphExecutor.create(backend);
    const withAdapter = await computePooled(executor, network.weights, batch, { lora: adapter.pairs });
    const withMerged = await computePooled(executor, merged, batch, {});
    const bare = await computePooled(executor, network.weights, batch, {});
    withAdapter.forEach((vector, index) => {
      expect(relativeError(vector, withMerged[index] as Float32Array)).toBeLessThan(1e-5);
      expect(relativeError(vector, bare[index] as Float32Array)).toBeGreaterThan(1e-2);
    });
    executor.dispose();
    adapter.dispose();
    merged.dispose();
    mergedFile.dispose();
    model.dispose();
    baseFile.dispose();
    await backend.dispose();
  });
});
