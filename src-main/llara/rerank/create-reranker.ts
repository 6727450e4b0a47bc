/**
 * Makes the reranker of a GGUF file: BERT and XLM-RoBERTa on our own graph, others by llama.cpp (`LLAMA_POOLING_TYPE_RANK`):
 *
 *   const reranker = await createReranker({ modelPath, device: 'auto', threads: 2 });
 *   const scores = await reranker.rank('when does the lease end', texts, signal);
 */
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { AppError } from '../../common/app-error.ts';
import { GgufFile } from '../../native/gguf/gguf-file.ts';
import { type NativeDevice, NativeRuntime } from '../../native/native-runtime.ts';
import { chooseDevice } from '../device/choose-device.ts';
import { variantOf } from '../device/choose-variant.ts';
import { planBatches } from '../encode/batches/batch-planning.ts';
import { createDecodeEngine } from '../encode/decode-engine.ts';
import { EncodeQueue } from '../encode/encode-queue.ts';
import { createGraphEngine } from '../encode/graph-engine.ts';
import { ownGraphVerdict } from '../encode/graph-model.ts';
import { layerBytes, planLanes } from '../encode/lane-plan.ts';
import type { EngineLane, VectorEngine } from '../encode/vector-engine.ts';
import { isBert } from '../graph/bert/bert-config.ts';
import { isReranker, rerankerProblem } from '../graph/ranking-head.ts';
import { Tokenizer } from '../prompt/tokenizer.ts';
import { type FormatPair, pairFormatter } from './pair-formatter.ts';
import type { Reranker } from './reranker.ts';

export type CreateRerankerOptions = {
  modelPath: string;
  /** As of `createTextEncoder`. */
  device?: string;
  /** CPU threads; all cores where absent. */
  threads?: number;
  /** Forces the way of computing; for tests and benches. */
  engine?: 'graph' | 'decode';
};

/** A passage of some 200 words and a question; a pair that is longer takes more time than its end is worth. */
const maxPairTokens = 512;
/** Beside the weights, for what computing takes and for everybody else. */
const spareBytes = 300e6;
/** Heads whose last step is a softmax give the probability of a yes. */
const givesProbability: ReadonlySet<string> = new Set(['qwen3', 'qwen3vl']);
const leastProbability = 1e-6;

/** Throws `model-missing`, `model-invalid`, `not-supported`, `out-of-memory` or what the native layer reports. */
export async function createReranker(
  options: CreateRerankerOptions,
  signal?: AbortSignal,
): Promise<Reranker> {
  const { modelPath, device: wanted = 'auto' } = options;
  const named = variantOf(wanted) ?? 'cpu';
  const runtime = await NativeRuntime.create({ variant: named === 'cpu' ? undefined : named });
  const gguf = await GgufFile.create(runtime, modelPath);
  let tokenizer: Tokenizer | null = null;
  try {
    if (!isReranker(gguf)) throw new AppError('model-invalid', `${modelPath} is no reranker.`);
    const problem = rerankerProblem(gguf);
    if (problem) throw new AppError('model-invalid', problem);
    const architecture = gguf.string('general.architecture') ?? '';
    const contextLength = Math.min(maxPairTokens, gguf.requireNumber(`${architecture}.context_length`));
    const device = chooseDevice(runtime, wanted);
    requireMemory(gguf, device);
    tokenizer = await Tokenizer.create(runtime, modelPath);
    const format = pairFormatter(gguf, tokenizer, contextLength);
    signal?.throwIfAborted();
    const threads = options.threads ?? availableParallelism();
    const lanePlan = { ...planLanes(device.kind, threads, layerBytes(gguf.tensors())), interactive: null };
    const shared = { runtime, device, threads, lanePlan, signal };
    // Our own graph is quicker, and tells question and passage apart where the model does: llama.cpp takes both for the first text.
    const isOwn = options.engine !== 'decode' && isBert(gguf) && ownGraphVerdict(gguf).ok;
    const engine = isOwn
      ? await createGraphEngine({ ...shared, gguf })
      : await createDecodeEngine({
          ...shared,
          ...{ modelPath, contextLength, profile: { pooling: { kind: 'rank' } } },
        });
    const name = gguf.string('general.name') ?? basename(modelPath, '.gguf');
    const parts = { name, engine, format, tokenizer, isProbability: givesProbability.has(architecture) };
    return new LlamaReranker(parts);
  } catch (error) {
    tokenizer?.dispose();
    throw error;
  } finally {
    gguf.dispose();
  }
}

function requireMemory(gguf: GgufFile, { kind, name, memoryFreeBytes }: NativeDevice): void {
  const needed = gguf.tensors().reduce((sum, { byteLength }) => sum + byteLength, 0) + spareBytes;
  const free = kind === 'cpu' ? process.availableMemory() : memoryFreeBytes;
  if (needed <= free) return;
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1);
  throw new AppError(
    'out-of-memory',
    `${gguf.path} needs ${gigabytes(needed)} GB of memory, ${name} has ${gigabytes(free)} GB free.`,
  );
}

type Parts = {
  name: string;
  engine: VectorEngine;
  format: FormatPair;
  tokenizer: Tokenizer;
  isProbability: boolean;
};

class LlamaReranker implements Reranker {
  readonly name: string;
  readonly device: string;
  readonly #parts: Parts;
  readonly #queue: EncodeQueue<EngineLane>;
  #disposal: Promise<void> | null = null;

  constructor(parts: Parts) {
    this.name = parts.name;
    this.device = parts.engine.deviceName;
    this.#parts = parts;
    this.#queue = new EncodeQueue(parts.engine.lanes);
  }

  async rank(question: string, texts: readonly string[], signal?: AbortSignal): Promise<number[]> {
    if (this.#disposal !== null)
      throw new AppError('internal', `The reranker ${this.name} was used after its disposal.`);
    const { engine, format, isProbability } = this.#parts;
    const pairs = texts.map((text) => ({ ...format(question, text), selected: Int32Array.of(0) }));
    const lengths = pairs.map(({ tokens }) => tokens.length);
    const scores = new Array<number>(texts.length);
    const results = await Promise.allSettled(
      planBatches(lengths, Math.min(engine.maxBatchTokens, maxPairTokens), engine.maxSequences).map(
        (indices) =>
          this.#queue.add(
            async (lane) => {
              const made = await lane.embed(
                indices.map((index) => pairs[index]!),
                { signal },
              );
              for (const [at, index] of indices.entries()) {
                const value = made[at]![0]![0]!;
                scores[index] = isProbability ? logit(value) : value;
              }
            },
            'interactive',
            signal,
          ),
      ),
    );
    signal?.throwIfAborted();
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    if (scores.every(Number.isFinite)) return scores;
    throw new AppError('model-invalid', `The reranker ${this.name} gives scores that are no numbers.`);
  }

  dispose(): Promise<void> {
    this.#disposal ??= this.#queue.close().then(async () => {
      await this.#parts.engine.dispose();
      this.#parts.tokenizer.dispose();
    });
    return this.#disposal;
  }
}

function logit(probability: number): number {
  const inside = Math.min(1 - leastProbability, Math.max(leastProbability, probability));
  return Math.log(inside / (1 - inside));
}
