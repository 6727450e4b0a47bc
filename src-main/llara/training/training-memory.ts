/** How much memory a training run will take, from a model file's metadata alone: nothing is loaded. */
import type { GgufTensorInfo } from '../../native/gguf/gguf-file.ts';
import { copiedType } from './graph/half-weights.ts';
import { transposedType } from './graph/transposed-weights.ts';
import type { NetworkShape } from './network-shape.ts';
import type { WeightPrecision } from './state/training-model.ts';

export type TrainingMemory = {
  weights: number;
  /** Of quantised matrices, in half precision or in Q8_0. */
  copies: number;
  transposed: number;
  adapter: number;
  activations: number;
  total: number;
};

const bytesPerElement: Readonly<Record<string, number>> = { f32: 4, f16: 2, bf16: 2, q8_0: 34 / 32 };
const halfBytes = 2;
const linearName = /^blk\.\d+\.(attn_q|attn_k|attn_v|attn_output|ffn_gate|ffn_up|ffn_down)\.weight$/;
/** Values, their mirror, their mean, the best ones, two moments; gradients come once per lane. */
const copiesOfAdapter = 6;
/** Tokeniser, buffers and arrays of the process itself. */
const overheadBytes = 64 << 20;

export function trainingMemory(
  tensors: readonly GgufTensorInfo[],
  shape: NetworkShape,
  run: {
    rank: number;
    lanes: number;
    withHead: boolean;
    tokensPerStep: number;
    columns: number;
    /** Whether all positions are pooled, so that the last layer computes them all. */
    poolsAll: boolean;
    precision: WeightPrecision;
  },
): TrainingMemory {
  const linears = tensors.filter(({ name }) => linearName.test(name));
  const elements = ({ shape }: GgufTensorInfo) => shape[0] * shape[1];
  const headElements = run.withHead ? shape.width * shape.vocabularySize : 0;
  const copyOf = (tensor: GgufTensorInfo) => copiedType(tensor.type, tensor.shape[0], run.precision);
  const copies = linears.reduce((sum, tensor) => {
    const type = copyOf(tensor);
    return sum + (type === null ? 0 : elements(tensor) * (bytesPerElement[type] ?? 4));
  }, headElements * halfBytes);
  const transposed = linears.reduce((sum, tensor) => {
    const type = transposedType(copyOf(tensor) ?? tensor.type, tensor.shape[1]);
    return sum + elements(tensor) * (bytesPerElement[type] ?? 4);
  }, headElements * halfBytes);
  const parameters = linears.reduce((sum, { shape }) => sum + run.rank * (shape[0] + shape[1]), 0);
  const weights = tensors.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const adapter = 4 * parameters * (copiesOfAdapter + run.lanes);
  const activations = 4 * run.tokensPerStep * floatsPerToken(shape, run.columns, run.poolsAll);
  return {
    weights,
    copies,
    transposed,
    adapter,
    activations,
    total: weights + copies + transposed + adapter + activations + overheadBytes,
  };
}

/**
 * What a token keeps from forward to backward, transposes included, as measured: 8 E + 3 F and its share of the probabilities
 * over `columns` keys per layer; of a last layer whose rest exists for pooled positions alone only norm, keys and values.
 */
function floatsPerToken(shape: NetworkShape, columns: number, poolsAll: boolean): number {
  const { layerCount, width, feedForward, headCount } = shape;
  const layer = 8 * width + 3 * feedForward + 1.2 * headCount * columns;
  return poolsAll ? layerCount * layer : 7 * width + (layerCount - 1) * layer;
}
