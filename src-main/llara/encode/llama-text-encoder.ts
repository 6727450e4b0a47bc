/**
 * The encoder of a GGUF model: formats texts, sorts them by length, cuts batches to a time target and hands them to the engine's
 * lanes, interactive ones first. How vectors are computed is the engine's business.
 */
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../common/app-error.ts';
import type { PromptFormatter } from '../prompt/prompt-formatter.ts';
import type { TokenSequence } from './batches/batch-packing.ts';
import { planBatches } from './batches/batch-planning.ts';
import { EncodeQueue } from './encode-queue.ts';
import type { EncodedPassage, EncodeOptions, EncoderInfo, TextEncoder, TextRole } from './text-encoder.ts';
import type { EmbedOptions, EngineLane, VectorEngine } from './vector-engine.ts';
import type { QueryWords } from './words/query-words.ts';

export type LlamaTextEncoderParts = {
  info: EncoderInfo;
  engine: VectorEngine;
  formatter: PromptFormatter;
  /** Words of a library that an adapter moves queries by. */
  words: QueryWords | null;
  /** Called after the engine's disposal, for what the caller made. */
  onDispose?: () => void;
};

/** Where no lane is kept for it, a person's query waits about this long for a background batch to end. */
const targetBatchMs = 40;
const smallestBudget = 64;
/** Texts formatted at a time, so that a large background call neither blocks the event loop nor holds everything tokenised. */
const formattedTexts = 512;
const formatSliceMs = 5;
const longestWord = 40;
const maxRememberedWords = 200_000;

export class LlamaTextEncoder implements TextEncoder {
  readonly info: EncoderInfo;
  readonly dimension: number;
  readonly maxTextTokens: number;
  readonly makesWindows: boolean;
  readonly device: string;
  readonly #engine: VectorEngine;
  readonly #formatter: PromptFormatter;
  readonly #words: QueryWords | null;
  readonly #queue: EncodeQueue<EngineLane>;
  readonly #onDispose: (() => void) | undefined;
  readonly #wordTokens = new Map<string, number>();
  /** Tokens per millisecond of one lane, smoothed; null until measured. */
  #speed: number | null = null;
  /** The engine's bound, or less where its device had no memory for that. */
  #mostTokens: number;
  #disposal: Promise<void> | null = null;

  constructor({ info, ...parts }: LlamaTextEncoderParts) {
    this.info = info;
    this.dimension = parts.engine.dimension;
    this.maxTextTokens = parts.formatter.maxTextTokens;
    this.device = parts.engine.deviceName;
    this.makesWindows = parts.engine.computesWindows && parts.formatter.makesWindows;
    this.#engine = parts.engine;
    this.#mostTokens = parts.engine.maxBatchTokens;
    this.#formatter = parts.formatter;
    this.#words = parts.words;
    this.#queue = new EncodeQueue(parts.engine.lanes, parts.engine.interactiveLane);
    this.#onDispose = parts.onDispose;
  }

  async encode(
    texts: readonly string[],
    role: TextRole,
    options: EncodeOptions = {},
  ): Promise<Float32Array[]> {
    const format = (text: string) => this.#formatter.format(text, role);
    const made = await this.#encode(texts, format, { ...options, role });
    const vectors = made.map(([vector]) => vector as Float32Array);
    const words = role === 'query' ? this.#words : null;
    return words ? vectors.map((vector, index) => words.moved(vector, texts[index] as string)) : vectors;
  }

  async encodePassages(texts: readonly string[], options: EncodeOptions = {}): Promise<EncodedPassage[]> {
    const format = (text: string) => this.#formatter.formatPassage(text);
    const vectors = await this.#encode(texts, format, { ...options, role: 'passage' });
    return vectors.map(([vector, ...windows]) => ({ vector: vector as Float32Array, windows }));
  }

  /** Of each text its vector and those of its windows. */
  async #encode(
    texts: readonly string[],
    format: (text: string) => TokenSequence,
    options: EncodeOptions & { role: TextRole },
  ): Promise<Float32Array[][]> {
    this.#requireLive();
    const vectors = new Array<Float32Array[]>(texts.length);
    let doneCount = 0;
    const onBatch = (count: number) => {
      doneCount += count;
      options.onProgress?.(doneCount);
    };
    // The next texts are formatted while the lanes compute the last one.
    let computing: Promise<void> = Promise.resolve();
    try {
      for (let start = 0; start < texts.length; start += formattedTexts) {
        const sequences = await this.#format(
          texts.slice(start, start + formattedTexts),
          format,
          options.signal,
        );
        await computing;
        const store = (index: number, made: Float32Array[]) => {
          vectors[start + index] = made;
        };
        computing = this.#compute(sequences, options, store, onBatch);
        // Awaited in the next round; a failure until then must not count as unhandled.
        computing.catch(() => undefined);
      }
    } finally {
      await computing;
    }
    return vectors;
  }

  countTokens(texts: readonly string[]): number[] {
    this.#requireLive();
    if (!this.info.countsByWord) return texts.map((text) => this.#formatter.countTokens(text));
    if (this.#wordTokens.size > maxRememberedWords) this.#wordTokens.clear();
    return texts.map((text) => this.#tokensOf(text));
  }

  /** Whoever counts by words asks for few texts but words, and for each of them again and again. */
  #tokensOf(text: string): number {
    if (text.length > longestWord) return this.#formatter.countTokens(text);
    const known = this.#wordTokens.get(text);
    if (known !== undefined) return known;
    const count = this.#formatter.countTokens(text);
    this.#wordTokens.set(text, count);
    return count;
  }

  dispose(): Promise<void> {
    this.#disposal ??= this.#queue.close().then(async () => {
      await this.#engine.dispose();
      this.#onDispose?.();
    });
    return this.#disposal;
  }

  /** Tokenises in short slices, so that queries and other work get their turn in between. */
  async #format(
    texts: readonly string[],
    format: (text: string) => TokenSequence,
    signal: AbortSignal | undefined,
  ): Promise<TokenSequence[]> {
    const sequences: TokenSequence[] = [];
    let sliceStart = performance.now();
    for (const text of texts) {
      if (performance.now() - sliceStart > formatSliceMs) {
        await setImmediate();
        sliceStart = performance.now();
      }
      this.#requireLive();
      signal?.throwIfAborted();
      sequences.push(format(text));
    }
    return sequences;
  }

  async #compute(
    sequences: readonly TokenSequence[],
    { role, priority = 'background', signal }: EncodeOptions & { role: TextRole },
    store: (index: number, made: Float32Array[]) => void,
    onBatch: (count: number) => void,
  ): Promise<void> {
    const lengths = sequences.map(({ tokens }) => tokens.length);
    const batches = planBatches(lengths, this.#tokenBudget(), this.#engine.maxSequences);
    await allSettledOrFirstError(
      batches.map((indices) =>
        this.#queue.add(
          async (lane) => {
            const vectors = await this.#embed(
              lane,
              indices.map((index) => sequences[index]!),
              { bare: role === 'passage' && !this.info.adaptsPassages, signal },
            );
            for (const [at, index] of indices.entries()) store(index, vectors[at]!.map(normalise));
            onBatch(indices.length);
          },
          priority,
          signal,
        ),
      ),
    );
  }

  /** Where the device has no memory for a batch any more, in halves, and in smaller batches from then on. */
  async #embed(
    lane: EngineLane,
    sequences: TokenSequence[],
    options: EmbedOptions,
  ): Promise<Float32Array[][]> {
    try {
      return await this.#embedWhole(lane, sequences, options);
    } catch (error) {
      const isTooLarge = error instanceof AppError && error.code === 'out-of-memory' && sequences.length > 1;
      if (!isTooLarge) throw error;
      this.#mostTokens = Math.min(this.#mostTokens, Math.floor(columnsOf(sequences) / 2));
      const middle = Math.ceil(sequences.length / 2);
      const first = await this.#embed(lane, sequences.slice(0, middle), options);
      return [...first, ...(await this.#embed(lane, sequences.slice(middle), options))];
    }
  }

  async #embedWhole(
    lane: EngineLane,
    sequences: TokenSequence[],
    options: EmbedOptions,
  ): Promise<Float32Array[][]> {
    const tokenCount = columnsOf(sequences);
    const start = performance.now();
    const vectors = await lane.embed(sequences, options);
    const speed = tokenCount / Math.max(0.01, performance.now() - start);
    this.#speed = this.#speed === null ? speed : 0.8 * this.#speed + 0.2 * speed;
    return vectors;
  }

  #tokenBudget(): number {
    const wanted = Math.round((this.#speed ?? 0) * targetBatchMs);
    return Math.min(this.#mostTokens, Math.max(smallestBudget, wanted));
  }

  #requireLive(): void {
    if (this.#disposal !== null)
      throw new AppError('internal', `The encoder ${this.info.name} was used after its disposal.`);
  }
}

/** Of a batch, padding counted. */
function columnsOf(sequences: readonly TokenSequence[]): number {
  return Math.max(...sequences.map(({ tokens }) => tokens.length)) * sequences.length;
}

/** Waits for every batch, so that nothing still writes when the caller goes on; then throws the first failure. */
async function allSettledOrFirstError(work: Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Unit length, in place; a zero vector stays zero. */
function normalise(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const factor = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  for (let index = 0; index < vector.length; index += 1) vector[index]! *= factor;
  return vector;
}
