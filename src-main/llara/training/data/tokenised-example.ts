/** What a training step is given of an example. */
import type { SoftTargets } from '../losses/bank-loss.ts';

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
