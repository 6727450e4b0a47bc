/** Cuts the texts of a step into micro-batches: of one kind each, sorted by length, and as many as keep all lanes at work. */
import type { BranchKind, BranchPrompt } from '../graph/branches.ts';

export type TrainingItem = {
  tokens: Int32Array;
  kind: BranchKind;
  /** Ids that EBAE and EBAR must name; empty where there is nothing to name. */
  selfTargets: Int32Array;
  nextTargets: Int32Array;
};

/** Several, of about one size, so that lanes end a step together and short texts are not padded to long ones. */
const batchesPerLane = 4;

/** Indices of items. `microBatchTokens` bounds the columns of one, padding included. */
export function splitItems(
  items: readonly TrainingItem[],
  { microBatchTokens, prompt }: { microBatchTokens: number; prompt: BranchPrompt },
  laneCount: number,
): number[][] {
  const around = prompt.prefix.length + prompt.selfSuffix.length + prompt.nextSuffix.length;
  const columnsOf = ({ tokens }: TrainingItem) => tokens.length + around;
  const keyOf = (item: TrainingItem) => `${item.kind} ${item.selfTargets.length > 0}`;
  const total = items.reduce((sum, item) => sum + columnsOf(item), 0);
  const bound = Math.min(microBatchTokens, Math.ceil(total / (batchesPerLane * laneCount)));
  const order = items
    .map((item, index) => ({ item, index, key: keyOf(item) }))
    .sort(
      (x, y) =>
        x.key.localeCompare(y.key) || y.item.tokens.length - x.item.tokens.length || x.index - y.index,
    );
  const batches: { key: string; longest: number; indices: number[] }[] = [];
  for (const { item, index, key } of order) {
    const current = batches.at(-1);
    if (current?.key === key && (current.indices.length + 1) * current.longest <= bound) {
      current.indices.push(index);
    } else {
      batches.push({ key, longest: columnsOf(item), indices: [index] });
    }
  }
  return batches.map(({ indices }) => indices);
}
