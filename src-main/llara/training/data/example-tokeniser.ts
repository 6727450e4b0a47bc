/**
 * Turns the texts of an example into token ids that fit the prompt, and finds the token sets that EBAE and EBAR
 * must name.
 */
import type { BranchPrompt } from '../graph/branches.ts';
import type { SoftTargets } from '../losses/bank-loss.ts';
import { targetSet } from '../losses/set-loss.ts';
import type { TrainingExample } from './training-example.ts';

/** How the model reads text; the trainer knows no tokeniser. */
export type TrainingText = {
  prompt: BranchPrompt;
  /**
   * As much of the text as `limit` tokens hold, normalised as the encoder does, and without what `prompt` puts around it. Empty where
   * the text has none.
   */
  tokenise: (text: string, branch: 'self' | 'next', limit: number) => Int32Array;
  /** Special and control tokens, which no text is made of. */
  specialTokens: ReadonlySet<number>;
};

/** Token ids of one example's texts, none of them empty or too long for the prompt. */
export type TokenisedExample = {
  group: string;
  query: Int32Array;
  positive: Int32Array;
  negative: Int32Array | null;
  /** Ids that EBAE and EBAR must name; empty where there is nothing to name. */
  selfTargets: Int32Array;
  nextTargets: Int32Array;
  /** Where training is against a bank. */
  softTargets?: SoftTargets;
};

export type LengthLimits = { queryTokens: number; passageTokens: number };

/** Null for an example whose query or passage has no tokens. */
export function tokeniseExample(
  example: TrainingExample,
  text: TrainingText,
  limits: LengthLimits,
): TokenisedExample | null {
  const query = text.tokenise(example.query, 'next', limits.queryTokens);
  const positive = text.tokenise(example.positive, 'self', limits.passageTokens);
  if (query.length === 0 || positive.length === 0) return null;
  const negative = example.negative ? text.tokenise(example.negative, 'self', limits.passageTokens) : null;
  const following = example.following ? text.tokenise(example.following, 'self', limits.passageTokens) : [];
  return {
    group: example.group,
    query,
    positive,
    negative: negative && negative.length > 0 ? negative : null,
    selfTargets: targetSet(positive, text.specialTokens),
    nextTargets: targetSet(following, text.specialTokens),
  };
}
