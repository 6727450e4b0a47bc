/**
 * Compares every weight's shape with the hyperparameters of its file before a graph is built on them: ggml ends the process where
 * shapes do not fit, and a person may import any file.
 */
import { AppError } from '../../../common/app-error.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { LlamaModel } from './llama-model.ts';

/** Throws `model-invalid` naming the first tensor that does not fit. */
export function checkLlamaShapes(model: LlamaModel, path: string): void {
  const { width, headCount, kvHeadCount, headSize, feedForward, vocabularySize, rope } = model.config;
  const numbers = [width, headCount, kvHeadCount, headSize, feedForward, vocabularySize];
  const areCounts = numbers.every((value) => Number.isInteger(value) && value > 0);
  if (
    !areCounts ||
    headCount % kvHeadCount !== 0 ||
    rope.dimensions > headSize ||
    rope.dimensions % 2 !== 0
  ) {
    throw new AppError('model-invalid', `${path} has hyperparameters that do not fit each other.`);
  }
  const expectShape = (tensor: Tensor | null, rows: number, columns = 1) => {
    if (tensor === null || (tensor.shape[0] === rows && tensor.shape[1] === columns)) return;
    throw new AppError(
      'model-invalid',
      `${path}: tensor ${tensor.name} is ${tensor.shape[0]} × ${tensor.shape[1]}, expected ${rows} × ${columns}.`,
    );
  };
  const queryWidth = headSize * headCount;
  const keyWidth = headSize * kvHeadCount;
  expectShape(model.tokenEmbedding, width, vocabularySize);
  expectShape(model.outputNorm, width);
  expectShape(model.head, width, vocabularySize);
  expectShape(model.ropeFactors, rope.dimensions / 2);
  for (const layer of model.layers) {
    expectShape(layer.attentionNorm, width);
    expectShape(layer.feedForwardNorm, width);
    const linears = [
      [layer.q, width, queryWidth],
      [layer.k, width, keyWidth],
      [layer.v, width, keyWidth],
      [layer.o, queryWidth, width],
      [layer.gate, width, feedForward],
      [layer.up, width, feedForward],
      [layer.down, feedForward, width],
    ] as const;
    for (const [{ weight, bias }, input, output] of linears) {
      expectShape(weight, input, output);
      expectShape(bias, output);
    }
  }
}
