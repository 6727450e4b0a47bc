/** Contrastive loss over examples that training never sees, by the encoder's own forward pass: cheap enough to run often. */
import type { GraphExecutor } from '../../../native/ggml/graph-executor.ts';
import type { TokenisedExample } from '../data/example-tokeniser.ts';
import { type BranchPrompt, buildBranchSequence, poolBranch } from '../graph/branches.ts';
import type { BankLoss, SoftTargets } from '../losses/bank-loss.ts';
import { contrastiveLoss } from '../losses/contrastive-loss.ts';
import type { TrainingModel } from '../state/training-model.ts';

const textsPerBatch = 16;

export type ValidateOptions = {
  prompt: BranchPrompt;
  temperature: number;
  bankLoss?: BankLoss;
  /** How much of the pairs the adapter will keep: it is judged as it will be used. */
  share: number;
  beforeSlice?: () => Promise<void>;
};

/** Mean loss: over the bank, or with every passage a candidate for every query of another group. */
export async function validate(
  model: TrainingModel,
  executor: GraphExecutor,
  examples: readonly TokenisedExample[],
  options: ValidateOptions,
): Promise<number> {
  const lora = new Map(
    Array.from(model.parameters.lora, ([name, pair]) => [
      name,
      { ...pair, scale: pair.scale * options.share },
    ]),
  );
  const embed = async (texts: readonly Int32Array[], kind: 'self' | 'next') => {
    const vectors = new Array<Float32Array>(texts.length);
    // By length, so that short texts are not padded to long ones.
    const order = texts.map((_, index) => index).sort((x, y) => texts[x]!.length - texts[y]!.length || x - y);
    for (let from = 0; from < texts.length; from += textsPerBatch) {
      const batch = order.slice(from, from + textsPerBatch);
      const sequences = batch.map((index) => buildBranchSequence(texts[index]!, options.prompt, kind));
      await options.beforeSlice?.();
      const pooled = await model.network.embed(executor, sequences, lora);
      pooled.forEach((vector, at) => {
        vectors[batch[at]!] = poolBranch(vector, vector.length).embedding;
      });
    }
    return vectors;
  };
  const queries = await embed(
    examples.map(({ query }) => query),
    'next',
  );
  const { temperature, bankLoss } = options;
  if (bankLoss) {
    const targets = examples.map((example) => example.softTargets as SoftTargets);
    return (await bankLoss.of(queries, targets, { temperature, weight: 0 })).loss;
  }
  const passages = await embed(
    examples.map(({ positive }) => positive),
    'self',
  );
  const { loss } = contrastiveLoss(
    queries,
    passages,
    examples.map((_, index) => index),
    {
      temperature,
      weight: 0,
      allowed: (query, passage) => examples[query]?.group !== examples[passage]?.group,
    },
  );
  return loss;
}
