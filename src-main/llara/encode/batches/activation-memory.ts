/** How much memory a batch of the encoder takes beside the weights, from the model's sizes alone: nothing is loaded. */
import type { NetworkShape } from '../../training/network-shape.ts';

const floatBytes = 4;
/** The mask of a sequence in single precision, and flash attention's copy of it in half. */
const maskBytes = 4 + 2;

/**
 * Bytes per token, padding counted, in texts of `tokensPerText`. ggml reuses the memory of what has been read, so that depth costs
 * nothing: the feed-forward holds most at a time, one value of E and one of F for each of its matrices, as measured. One more of both is
 * for the products of an adapter.
 */
export function activationBytesPerToken(
  { width, feedForward, feedForwardMatrices }: NetworkShape,
  tokensPerText: number,
): number {
  return floatBytes * (feedForwardMatrices + 1) * (width + feedForward) + maskBytes * tokensPerText;
}
