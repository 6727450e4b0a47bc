/**
 * Which operations of the backward pass a device has. Where ggml's own *_back operations or outer products are missing, the trainer
 * composes them of others; where even those are missing, it must train on another device. It computes nothing.
 */
import type { Backend } from '../../native/ggml/backend.ts';
import { GgmlContext } from '../../native/ggml/ggml-context.ts';
import type { Tensor } from '../../native/ggml/tensor.ts';
import { TensorOps } from '../../native/ggml/tensor-ops.ts';
import type { BackwardSupport } from './graph/backward-ops.ts';

export type DeviceSupport = {
  support: BackwardSupport;
  /** What else the trainer needs and the device lacks, as ggml names it; empty where it can train. */
  missing: string[];
};

export function deviceSupport(backend: Backend): DeviceSupport {
  const context = GgmlContext.create(backend.runtime, { maxTensors: 64, maxNodes: 64 });
  try {
    const ops = new TensorOps(context);
    const columns = () => context.newTensor('f32', 64, 32);
    const rows = context.newTensor('i32', 8);
    const lacks = (nodes: Tensor[]) =>
      nodes.flatMap((node) => {
        const graph = context.newGraph(8);
        graph.expand(node);
        return backend.firstUnsupportedNode(graph) ?? [];
      });
    const native = [
      ops.rmsNormBack(columns(), columns(), 1e-5),
      ops.softMaxExtBack(columns(), columns(), 1),
      ops.siluBack(columns(), columns()),
    ];
    const needed = [
      ops.mulMat(columns(), columns()),
      ops.cont(ops.transpose(columns())),
      ops.getRows(columns(), rows),
      ops.setRows(columns(), context.newTensor('f32', 64, 8), rows),
      ops.copy(columns(), columns()),
      ops.swiglu(columns(), columns()),
      ops.norm(columns(), 1e-5),
      ops.sqr(columns()),
      ops.sqrt(columns()),
      ops.sigmoid(columns()),
      ops.mean(columns()),
      ops.sumRows(columns()),
    ];
    const outerProduct = ops.outProd(columns(), context.newTensor('f32', 8, 32));
    const support = { native: lacks(native).length === 0, outerProducts: lacks([outerProduct]).length === 0 };
    return { support, missing: lacks(needed) };
  } finally {
    context.dispose();
  }
}
