/** What a training step is given of an example. */
import type { BankTargets } from '../losses/passage-bank.ts';

/** Token ids of one example's texts, none of them empty or too long for the prompt. */
export type TokenisedExample = {
  group: string;
  query: Int32Array;
  positive: Int32Array;
  negative: Int32Array | null;
  /** Ids that EBAE and EBAR must name; empty where there is nothing to name. */
  selfTargets: Int32Array;
  nextTargets: Int32Array;
  /** What the query should find in the bank, where training is against one. */
  targets?: BankTargets;
};
