/**
 * Scales the step of each adapter by the size of its weight. Adam's steps have one size for every tensor, while a
 * model's matrices differ by orders of magnitude: what is a small change to one would overwhelm another.
 */
import type { Backend } from '../../../native/ggml/backend.ts';
import { GgmlContext } from '../../../native/ggml/ggml-context.ts';
import { GraphExecutor } from '../../../native/ggml/graph-executor.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import { TensorOps } from '../../../native/ggml/tensor-ops.ts';

/** Root mean square of a freshly drawn matrix of a few hundred columns, for which learning rates are usually quoted. */
const usualSize = 0.05;

/** 1 for a weight of usual size or more, less in proportion for smaller ones, 0 for one that has no effect. */
export async function stepScale(backend: Backend, weight: Tensor): Promise<number> {
  const context = GgmlContext.create(backend.runtime, { maxTensors: 16, maxNodes: 16 });
  const executor = GraphExecutor.create(backend);
  try {
    const ops = new TensorOps(context);
    const rows = context.newTensor('i32', weight.shape[1]).markInput();
    const squares = ops.mean(ops.sqr(ops.getRows(weight, rows))).markOutput();
    const graph = context.newGraph(16);
    graph.expand(squares);
    executor.allocate(graph);
    rows.write(Int32Array.from({ length: weight.shape[1] }, (_, index) => index));
    await executor.compute(graph);
    const means = squares.readFloats();
    const meanSquare = means.reduce((sum, value) => sum + value, 0) / means.length;
    return Math.min(1, Math.sqrt(meanSquare) / usualSize);
  } finally {
    executor.dispose();
    context.dispose();
  }
}
