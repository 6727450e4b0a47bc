/** What the rest of answering knows of a chat model: messages in, text out piece by piece. Where it runs is not said here. */

export type ChatMessage = { role: 'system' | 'user'; content: string };

export type Chat = {
  readonly name: string;
  /**
   * The answer as it is written. Ends early where the model has no more room. Throws an AppError for a person, or `signal.reason`
   * once aborted.
   */
  write(messages: readonly ChatMessage[], signal: AbortSignal): AsyncIterable<string>;
};

/** Tokens of an answer: a paragraph or two. */
export const longestAnswerTokens = 700;
