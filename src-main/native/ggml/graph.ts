/** A compute graph: which tensors are wanted, in which order they are computed, and optionally ggml's own gradients of them. */
import { AppError } from '../../common/app-error.ts';
import { Tensor } from './tensor.ts';
import type { TensorOwner } from './tensor-owner.ts';

export class Graph {
  readonly context: TensorOwner;
  readonly #pointer: bigint;

  constructor(context: TensorOwner, pointer: bigint) {
    this.context = context;
    this.#pointer = pointer;
  }

  get pointer(): bigint {
    this.context.requireLive();
    return this.#pointer;
  }

  /** Adds `tensor` and everything it depends on. */
  expand(tensor: Tensor): void {
    this.context.functions.ggml_build_forward_expand(this.pointer, tensor.pointer);
  }

  /** Adds one node alone: for computing an allocated graph in slices, each a graph of its own. */
  addNode(tensor: Tensor): void {
    this.context.functions.ggml_graph_add_node(this.pointer, tensor.pointer);
  }

  /**
   * Appends ggml's autograd nodes for every tensor marked with ggml_set_param, starting from those marked with ggml_set_loss.
   * ggml aborts the process on an op without a backward, so call it only on graphs known to have one.
   */
  expandBackward(): void {
    this.context.functions.ggml_build_backward_expand(this.context.pointer, this.pointer, null);
  }

  /** Zeroes gradients and optimiser moments and sets the loss gradient to 1; needs allocated tensors. */
  reset(): void {
    this.context.functions.ggml_graph_reset(this.pointer);
  }

  get nodeCount(): number {
    return this.context.functions.ggml_graph_n_nodes(this.pointer);
  }

  node(index: number): Tensor {
    if (index < 0 || index >= this.nodeCount) throw new AppError('internal', `No graph node ${index}.`);
    return new Tensor(
      this.context,
      this.context.functions.ggml_graph_node(this.pointer, index),
      `node ${index}`,
    );
  }

  /** Gradient tensor that `expandBackward` made for `tensor`, null where it made none. */
  gradient(tensor: Tensor): Tensor | null {
    const pointer = this.context.functions.ggml_graph_get_grad(this.pointer, tensor.pointer);
    return pointer === null ? null : new Tensor(this.context, pointer, 'a gradient');
  }
}
