/**
 * What a model would cost on this machine before it is downloaded: the arithmetic of a passage follows from the shape, and how fast the machine
 * does arithmetic from the pace of an encoder in use. Types of weights and the share of attention differ, so a figure is true to a factor of two.
 */
import type { ModelCost } from '../../contract/models.ts';
import type { TextEncoder } from '../../llara/encode/text-encoder.ts';
import { forwardOperations } from '../../llara/training/training-cost.ts';
import type { EncoderShape } from './catalogue.ts';

/** An encoder whose pace was measured. */
export type Pace = { shape: EncoderShape; passagesPerSecond: number };

const passageTokens = 200;
const enoughMs = 200;
const maxTexts = 64;
const sample =
  'The lease of this flat ends on the last day of March, and the keys must be handed back by noon. ';

/** Null where the shape or a pace is not known. */
export function modelCost(
  model: { shape: EncoderShape | null; sizeBytes: number },
  pace: Pace | null,
): ModelCost | null {
  if (model.shape === null || pace === null) return null;
  const share = operations(pace.shape) / operations(model.shape);
  return { passagesPerSecond: pace.passagesPerSecond * share, memoryBytes: model.sizeBytes };
}

function operations(shape: EncoderShape): number {
  return forwardOperations({ ...shape, vocabularySize: 0, hasHead: false }, passageTokens, passageTokens);
}

/** Passages of 200 tokens a second: embeds more and more short texts until that took long enough to be told from noise. */
export async function measurePace(encoder: TextEncoder, signal?: AbortSignal): Promise<number> {
  for (let count = 2; ; count *= 2) {
    const texts = Array.from({ length: count }, (_, index) => `${index}. ${sample.repeat(3)}`);
    const tokens = encoder.countTokens(texts).reduce((sum, each) => sum + each, 0);
    const startedAt = performance.now();
    // A person waits for the list, and an index run may have filled the queue.
    await encoder.encode(texts, 'passage', { priority: 'interactive', signal });
    const elapsedMs = performance.now() - startedAt;
    if (elapsedMs >= enoughMs || count >= maxTexts) return (1000 * tokens) / passageTokens / elapsedMs;
  }
}
