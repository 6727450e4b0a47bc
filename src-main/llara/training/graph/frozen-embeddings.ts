/** Embeds a step's texts with the frozen encoder, as the references of the anchor loss. */
import type { GraphExecutor } from '../../../native/ggml/graph-executor.ts';
import { splitItems, type TrainingItem } from '../data/micro-batches.ts';
import type { TrainingModel } from '../state/training-model.ts';
import { type BranchPrompt, buildBranchSequence, poolBranch } from './branches.ts';

/** The branch that the anchor holds: of a text with both, the passage's own. */
export function anchoredBranch({ kind }: TrainingItem): 'self' | 'next' {
  return kind === 'next' ? 'next' : 'self';
}

/** One unit vector per text, of its anchored branch. `executor` lends its memory, which it keeps from step to step. */
export async function frozenEmbeddings(
  executor: GraphExecutor,
  model: TrainingModel,
  items: readonly TrainingItem[],
  options: { microBatchTokens: number; prompt: BranchPrompt; beforeSlice?: () => Promise<void> },
): Promise<Float32Array[]> {
  const { width } = model.network.shape;
  const embeddings: Float32Array[] = items.map(() => new Float32Array(width));
  for (const indices of splitItems(items, options, model.lanes.length)) {
    const sequences = indices.map((index) => {
      const item = items[index] as TrainingItem;
      return buildBranchSequence(item.tokens, options.prompt, anchoredBranch(item));
    });
    await options.beforeSlice?.();
    const pooled = await model.network.embed(executor, sequences);
    indices.forEach((index, sequence) => {
      embeddings[index] = poolBranch(pooled[sequence] as Float32Array, width).embedding;
    });
  }
  return embeddings;
}
