/** Positions with their signs turned, which undo rotations: for all columns, and for the selected ones. */
import type { GgmlContext } from '../../../native/ggml/ggml-context.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { PackedBatch } from '../../encode/batches/batch-packing.ts';
import type { GraphInputs } from '../../graph/graph-inputs.ts';

export type OppositePositions = { all: Tensor; selected: Tensor | null };

export function declareOpposite(context: GgmlContext, inputs: GraphInputs): OppositePositions {
  const like = (positions: Tensor) => context.newTensor('i32', positions.shape[0]).markInput();
  return {
    all: like(inputs.positions),
    selected: inputs.selection ? like(inputs.selection.positions) : null,
  };
}

export function writeOpposite(opposite: OppositePositions, { positions, selection }: PackedBatch): void {
  writeIfRead(opposite.all, positions);
  if (selection && opposite.selected) writeIfRead(opposite.selected, selection.positions);
}

/** What no operation reads has no memory: in a model of one layer, below whose queries and keys nothing is computed. */
function writeIfRead(tensor: Tensor, positions: Int32Array): void {
  if (tensor.isAllocated) tensor.write(positions.map((position) => -position));
}
