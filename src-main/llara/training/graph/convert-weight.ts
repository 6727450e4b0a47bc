/** Copies a weight matrix into a tensor of another type, transposed or not, on the device that holds both. */
import type { Backend } from '../../../native/ggml/backend.ts';
import { GgmlContext } from '../../../native/ggml/ggml-context.ts';
import { GraphExecutor } from '../../../native/ggml/graph-executor.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import { TensorOps } from '../../../native/ggml/tensor-ops.ts';

/** `target` has the weight's extents, swapped when `transposed`. */
export async function convertWeight(
  backend: Backend,
  weight: Tensor,
  target: Tensor,
  transposed: boolean,
): Promise<void> {
  const context = GgmlContext.create(backend.runtime, { maxTensors: 16, maxNodes: 16 });
  const executor = GraphExecutor.create(backend);
  try {
    const ops = new TensorOps(context);
    const rows = context.newTensor('i32', weight.shape[1]).markInput();
    // get_rows is the one operation that turns every weight type into F32 on every device.
    const plain = ops.getRows(weight, rows);
    const graph = context.newGraph(16);
    graph.expand(ops.copy(transposed ? ops.cont(ops.transpose(plain)) : plain, target));
    executor.allocate(graph);
    rows.write(Int32Array.from({ length: weight.shape[1] }, (_, index) => index));
    await executor.compute(graph);
  } finally {
    executor.dispose();
    context.dispose();
  }
}
