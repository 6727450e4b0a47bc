/** What the rest of the product knows of a reranker: a question and passages in, a score for each passage out. How it runs is not said here. */

export type Reranker = {
  readonly name: string;
  /** Device that computes, in words. */
  readonly device: string;
  /**
   * How well each text answers the question, in the texts' order; higher is better, and only the differences mean something (logits). What is too
   * long is cut off. Throws `signal.reason` soon after an abort.
   */
  rank(question: string, texts: readonly string[], signal?: AbortSignal): Promise<number[]>;
  /** Idempotent; lets what computes finish. Using the reranker afterwards throws. */
  dispose(): Promise<void>;
};
