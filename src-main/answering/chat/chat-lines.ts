/** What the engine and the throwaway process of a chat model say to each other. */

export type ChatRequest = {
  modelPath: string;
  system: string;
  question: string;
  contextTokens: number;
  maxTokens: number;
  /** 0 for as many as suits the machine. */
  threads: number;
  useGpu: boolean;
};

export type ChatLine =
  | { type: 'text'; text: string }
  | { type: 'end'; stopReason: string }
  | { type: 'failed'; message: string };
