/** The least that an encoder has to compute: the products with the matrices of its layers, in the memory and for the columns that the encoder has, and nothing between them. */
import { isLayerMatrix, StoredTensors } from '../../../src-main/llara/graph/stored-tensors.ts';
import { Backend } from '../../../src-main/native/ggml/backend.ts';
import { GgmlContext } from '../../../src-main/native/ggml/ggml-context.ts';
import { GraphExecutor } from '../../../src-main/native/ggml/graph-executor.ts';
import type { Tensor } from '../../../src-main/native/ggml/tensor.ts';
import { TensorOps } from '../../../src-main/native/ggml/tensor-ops.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import type { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import type { Path } from './encoding-paths.ts';

type ProductsOptions = { threads: number; texts: number; tokensPerText: number };

/** `texts` at a time on one thread each, on all threads at once, as the encoder's lanes work. */
export async function productsPath(
  runtime: NativeRuntime,
  modelPath: string,
  { threads, texts, tokensPerText }: ProductsOptions,
): Promise<Path> {
  const device = runtime.findDevice('cpu')!;
  const gguf = await GgufFile.create(runtime, modelPath);
  const names = gguf
    .tensors()
    .map(({ name }) => name)
    .filter(isLayerMatrix);
  const backends = await Promise.all(
    Array.from({ length: threads }, () => Backend.create(runtime, { device, threadCount: 1 })),
  );
  const weights = await StoredTensors.create(backends[0]!, gguf, {
    isWanted: isLayerMatrix,
    isRearranged: isLayerMatrix,
  });
  gguf.dispose();
  const lanes = backends.map((backend) => productsLane(backend, weights, names, texts * tokensPerText));
  return {
    run: async () => {
      await Promise.all(lanes.map((lane) => lane.compute()));
      return texts * lanes.length;
    },
    dispose: async () => {
      for (const lane of lanes) lane.dispose();
      weights.dispose();
      for (const backend of backends) await backend.dispose();
    },
  };
}

/** One graph of all products, each of the same columns for its number of rows. */
function productsLane(backend: Backend, weights: StoredTensors, names: readonly string[], columns: number) {
  const context = GgmlContext.create(backend.runtime, {
    maxTensors: names.length * 2 + 16,
    maxNodes: names.length + 16,
  });
  const inputs = new Map<number, Tensor>();
  const graph = context.newGraph(names.length + 16);
  const ops = new TensorOps(context);
  for (const name of names) {
    const weight = weights.require(name);
    const [length] = weight.shape;
    const input = inputs.get(length) ?? context.newTensor('f32', length, columns).markInput();
    inputs.set(length, input);
    graph.expand(ops.mulMat(weight, input));
  }
  const executor = GraphExecutor.create(backend);
  executor.allocate(graph);
  for (const [length, input] of inputs) {
    input.write(Float32Array.from({ length: length * columns }, (_, at) => Math.sin(at)));
  }
  return {
    compute: () => executor.compute(graph),
    dispose: () => {
      executor.dispose();
      context.dispose();
    },
  };
}
