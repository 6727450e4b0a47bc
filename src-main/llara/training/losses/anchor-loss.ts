/**
 * Anchor loss: keeps embeddings near those of the frozen encoder, so that learning new documents does not unlearn
 * the rest.
 */
import { dot } from '../../../common/vectors/dot.ts';
import { addScaled } from './contrastive-loss.ts';

/**
 * Mean of 1 − cosine over unit vectors. Adds `weight` times its gradient to `gradients` and returns the loss.
 */
export function anchorLoss(
  embeddings: readonly Float32Array[],
  references: readonly Float32Array[],
  gradients: readonly Float32Array[],
  weight: number,
): number {
  let loss = 0;
  embeddings.forEach((embedding, i) => {
    const reference = references[i] as Float32Array;
    loss += (1 - dot(embedding, reference)) / embeddings.length;
    addScaled(gradients[i] as Float32Array, reference, -weight / embeddings.length);
  });
  return loss;
}
