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
  /** Where a build for CUDA that a person has fetched lies; null without one. */
  packDirectory: string | null;
};

export type ChatLine =
  | { type: 'text'; text: string }
  | { type: 'end'; stopReason: string }
  | { type: 'failed'; message: string };
