/**
 * Compares every weight's shape with the hyperparameters of its file before a graph is built on them: ggml ends the process where
 * shapes do not fit, and a person may import any file.
 */
import { AppError } from '../../common/app-error.ts';
import type { Tensor } from '../../native/ggml/tensor.ts';
import type { RopeOptions } from '../../native/ggml/tensor-ops.ts';
import type { Linear } from './blocks.ts';
import type { DecoderSizes } from './hyperparameters.ts';

/** Null where the file has no such tensor. A vector, of one column, has to be of type F32. */
export type ExpectedShape = { tensor: Tensor | null; rows: number; columns?: number };

/** Throws `model-invalid` where the sizes of a decoder cannot belong together. */
export function checkSizes(
  path: string,
  sizes: Omit<DecoderSizes, 'layerCount' | 'contextLength' | 'rmsEpsilon' | 'attentionScale'>,
  ropes: readonly RopeOptions[],
): void {
  const { width, headCount, kvHeadCount, headSize, feedForward, vocabularySize } = sizes;
  const numbers = [width, headCount, kvHeadCount, headSize, feedForward, vocabularySize];
  const areCounts = numbers.every((value) => Number.isInteger(value) && value > 0);
  const turns = ropes.every(({ dimensions }) => dimensions <= headSize && dimensions % 2 === 0);
  if (areCounts && headCount % kvHeadCount === 0 && turns) return;
  throw new AppError('model-invalid', `${path} has hyperparameters that do not fit each other.`);
}

/** Throws `model-invalid` naming the first tensor that does not fit. */
export function checkShapes(path: string, expected: readonly ExpectedShape[]): void {
  for (const { tensor, rows, columns = 1 } of expected) {
    if (tensor === null) continue;
    if (tensor.shape[0] !== rows || tensor.shape[1] !== columns) {
      throw new AppError(
        'model-invalid',
        `${path}: tensor ${tensor.name} is ${tensor.shape[0]} × ${tensor.shape[1]}, expected ${rows} × ${columns}.`,
      );
    }
    if (columns === 1 && tensor.type !== 'f32') {
      throw new AppError('model-invalid', `${path}: tensor ${tensor.name} is ${tensor.type}, expected f32.`);
    }
  }
}

/** Those of a decoder's seven products. */
export function linearShapes(
  layer: Record<'q' | 'k' | 'v' | 'o' | 'gate' | 'up' | 'down', Linear>,
  { width, headCount, kvHeadCount, headSize, feedForward }: DecoderSizes,
): ExpectedShape[] {
  const queryWidth = headSize * headCount;
  const keyWidth = headSize * kvHeadCount;
  const linears = [
    [layer.q, width, queryWidth],
    [layer.k, width, keyWidth],
    [layer.v, width, keyWidth],
    [layer.o, queryWidth, width],
    [layer.gate, width, feedForward],
    [layer.up, width, feedForward],
    [layer.down, feedForward, width],
  ] as const;
  return linears.flatMap(([{ weight, bias }, rows, columns]) => [
    { tensor: weight, rows, columns },
    { tensor: bias, rows: columns },
  ]);
}
