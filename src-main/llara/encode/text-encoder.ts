/** What the rest of the product knows of an encoder: texts in, unit vectors out. How it runs is not said here. */

/** A passage is embedded with the SELF prompt, a query with the NEXT prompt (arXiv 2312.15503, section 3). */
export type TextRole = 'passage' | 'query';

/** Queries overtake passages: a person waits for the former. */
export type EncodePriority = 'interactive' | 'background';

export type EncodeOptions = {
  priority?: EncodePriority;
  /** Called after each batch with the number of texts done so far. */
  onProgress?: (doneCount: number) => void;
  signal?: AbortSignal;
};

/** What is searched of a passage: L2-normalised vectors of the encoder's dimension. */
export type EncodedPassage = {
  vector: Float32Array;
  /** Of its parts, in their order, about two sentences each; none where the text is empty or the encoder makes none. */
  windows: Float32Array[];
};

/** What is known of an encoder before it has computed anything. */
export type EncoderInfo = {
  /** Content hash of the GGUF file: SHA-256, first 16 hex digits. */
  readonly id: string;
  readonly name: string;
  /** Id of the LoRA adapter applied, null for the bare encoder. */
  readonly adapterId: string | null;
  /** Whether the adapter alters passages; without one, or with one for queries alone, their vectors are the bare encoder's. */
  readonly adaptsPassages: boolean;
  /** ISO 639-1 of the languages that its file says it knows; empty where it says nothing. */
  readonly languages: readonly string[];
  /** Whether a text has as many tokens as its words between spaces and line ends have, each by itself. */
  readonly countsByWord: boolean;
};

export type TextEncoder = {
  readonly info: EncoderInfo;
  readonly dimension: number;
  /** Tokens of text that fit between prefix and suffix. */
  readonly maxTextTokens: number;
  /** Device that computes, in words, e.g. `cpu (2 threads)`. */
  readonly device: string;

  /**
   * One L2-normalised vector per text, in the order given; texts that are too long are truncated inside the prompt.
   * Each Float32Array has `dimension` elements. Throws `signal.reason` when aborted.
   */
  encode(texts: readonly string[], role: TextRole, options?: EncodeOptions): Promise<Float32Array[]>;
  /** Likewise, with the vectors of the passages' parts, which come from the same computation. */
  encodePassages(texts: readonly string[], options?: EncodeOptions): Promise<EncodedPassage[]>;
  /** Whether `encodePassages` makes vectors of parts. */
  readonly makesWindows: boolean;
  /** Number of text tokens (without prompt) of each text. */
  countTokens(texts: readonly string[]): number[];
  /** Idempotent. Using the encoder afterwards throws. */
  dispose(): Promise<void>;
};
