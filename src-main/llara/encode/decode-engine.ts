/**
 * Computes vectors through `llama_decode` with many sequences per call (`llama_encode` for models without a decoder): the way for
 * every architecture that our own graphs do not define, and the reference it is tested against.
 */
import { availableParallelism } from 'node:os';
import koffi from 'koffi';
import { AppError } from '../../common/app-error.ts';
import type { StructValue } from '../../native/abi/abi-types.ts';
import { type llamaBatch, poolingType } from '../../native/abi/llama-h.ts';
import { AbortFlag } from '../../native/abort-flag.ts';
import { callAsync } from '../../native/bind-functions.ts';
import type { NativeFunctions } from '../../native/native-functions.ts';
import type { NativeDevice, NativeRuntime } from '../../native/native-runtime.ts';
import type { PromptProfile } from '../prompt/prompt-profile.ts';
import type { TokenSequence } from './batches/batch-packing.ts';
import { deviceNameFor, type LanePlan, planLanes } from './lane-plan.ts';
import type { EmbedOptions, EngineLane, VectorEngine } from './vector-engine.ts';

export type DecodeEngineOptions = {
  runtime: NativeRuntime;
  device: NativeDevice;
  threads?: number;
  modelPath: string;
  adapterPath?: string;
  profile: PromptProfile | { pooling: RankPooling };
  contextLength: number;
  /** Other lanes than the model's size suggests; for comparison. */
  lanePlan?: LanePlan;
  signal?: AbortSignal;
};

/** The head of a reranker makes one number of each sequence, in place of a vector. */
export type RankPooling = { kind: 'rank' };

const maxSequences = 64;
const smallestBatchTokens = 512;

type Batch = StructValue<typeof llamaBatch>;

export async function createDecodeEngine(options: DecodeEngineOptions): Promise<VectorEngine> {
  const { runtime, device } = options;
  const f = runtime.functions;
  const undo: (() => void)[] = [];
  const dispose = async () => {
    for (const step of undo.splice(0).reverse()) step();
  };
  try {
    const { result: model, lines } = await runtime.log.capture(() => loadModel(f, options));
    if (model === null) throw unusable(options.modelPath, lines);
    undo.push(() => f.llama_model_free(model));
    const threads = options.threads ?? availableParallelism();
    const bytes = Number(f.llama_model_size(model));
    const plan = options.lanePlan ?? planLanes(device.kind, threads, bytes);
    const laneWith = async (threadCount: number) => {
      const lane = await createLane(options, model, threadCount);
      undo.push(lane.dispose);
      return lane;
    };
    const lanes: EngineLane[] = [];
    for (const threadCount of plan.lanes) lanes.push(await laneWith(threadCount));
    const interactiveLane = plan.interactive === null ? null : await laneWith(plan.interactive);
    return {
      dimension: dimensionOf(f, model, options),
      vocabularySize: f.llama_vocab_n_tokens(f.llama_model_get_vocab(model)),
      deviceName: deviceNameFor(device, threads),
      computesWindows: false,
      lanes,
      interactiveLane,
      maxSequences,
      maxBatchTokens: batchTokensFor(options),
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** One context over the shared weights, with a batch of its own. */
async function createLane(
  options: DecodeEngineOptions,
  model: bigint,
  threads: number,
): Promise<EngineLane & { dispose: () => void }> {
  const f = options.runtime.functions;
  const batchTokens = batchTokensFor(options);
  const pooling = nativePooling(options.profile);
  const abortFlag = AbortFlag.create(options.runtime);
  const { result: context, lines } = await options.runtime.log.capture(() =>
    callAsync(f.llama_init_from_model, model, {
      ...f.llama_context_default_params(),
      n_ctx: batchTokens,
      n_batch: batchTokens,
      n_ubatch: batchTokens,
      n_seq_max: maxSequences,
      n_threads: threads,
      n_threads_batch: threads,
      pooling_type: pooling,
      embeddings: true,
      kv_unified: true,
      abort_callback: abortFlag.callback,
      abort_callback_data: abortFlag.data,
    }),
  );
  if (context === null) throw unusable(options.modelPath, lines);
  let adapter: AppliedAdapter | null = null;
  try {
    if (options.adapterPath !== undefined)
      adapter = await applyAdapter(f, model, context, options.adapterPath);
  } catch (error) {
    f.llama_free(context);
    throw error;
  }
  const compute =
    f.llama_model_has_encoder(model) && !f.llama_model_has_decoder(model) ? f.llama_encode : f.llama_decode;
  const memory = f.llama_get_memory(context);
  const dimension = dimensionOf(f, model, options);
  const batch = f.llama_batch_init(batchTokens, 0, 1);
  return {
    embed: async (sequences, { bare, signal }: EmbedOptions = {}) => {
      adapter?.use(!bare);
      if (memory !== null) f.llama_memory_clear(memory, false);
      const filled = fillBatch(batch, sequences);
      await abortFlag.guard(async () => {
        const status = await callAsync(compute, context, filled);
        if (status === 0) return;
        throw new AppError('internal', `llama_decode failed with ${status} on ${options.device.name}.`);
      }, signal);
      const vectors = readVectors(f, context, sequences, dimension, pooling === poolingType.none);
      return vectors.map((vector) => [vector]);
    },
    dispose: () => {
      f.llama_batch_free(batch);
      f.llama_free(context);
      abortFlag.dispose();
    },
  };
}

/** Of several classes that a head may tell apart, the first is that the passage answers. */
const dimensionOf = (f: NativeFunctions, model: bigint, { profile }: DecodeEngineOptions) =>
  profile.pooling.kind === 'rank' ? 1 : f.llama_model_n_embd_out(model);

/** llama.cpp spreads a batch over all sequences when it plans its memory, and ends the process where that does not come out even. */
const batchTokensFor = ({ contextLength }: DecodeEngineOptions) =>
  maxSequences * Math.ceil(Math.max(smallestBatchTokens, contextLength) / maxSequences);

const unusable = (path: string, lines: readonly string[]) =>
  new AppError('model-invalid', `llama.cpp cannot run ${path}. ${lines.join(' ')}`.trim());

function loadModel(f: NativeFunctions, { device, modelPath }: DecodeEngineOptions): Promise<bigint | null> {
  const parameters = f.llama_model_default_params();
  if (device.kind === 'cpu') {
    return callAsync(f.llama_model_load_from_file, modelPath, { ...parameters, n_gpu_layers: 0 });
  }
  const devices = new BigUint64Array([device.pointer, 0n]);
  return callAsync(f.llama_model_load_from_file, modelPath, { ...parameters, devices }).finally(() =>
    devices.fill(0n),
  );
}

type AppliedAdapter = { use: (wanted: boolean) => void };

async function applyAdapter(
  f: NativeFunctions,
  model: bigint,
  context: bigint,
  path: string,
): Promise<AppliedAdapter> {
  const adapter = await callAsync(f.llama_adapter_lora_init, model, path);
  if (adapter === null) {
    throw new AppError('adapter-mismatch', `llama.cpp cannot apply the adapter ${path} to this encoder.`);
  }
  // Freed with the model.
  const setScale = (scale: number) => {
    const status = f.llama_set_adapters_lora(
      context,
      new BigUint64Array([adapter]),
      1,
      new Float32Array([scale]),
    );
    if (status !== 0)
      throw new AppError('adapter-mismatch', `The adapter ${path} does not fit this encoder.`);
  };
  setScale(1);
  let inUse = true;
  const use = (wanted: boolean) => {
    if (wanted !== inUse) setScale(wanted ? 1 : 0);
    inUse = wanted;
  };
  return { use };
}

/** llama.cpp pools mean, CLS and one last token itself (with the dense layers some models have behind it). */
function nativePooling({ pooling }: DecodeEngineOptions['profile']): number {
  if (pooling.kind === 'rank') return poolingType.rank;
  if (pooling.kind === 'mean') return poolingType.mean;
  if (pooling.kind === 'cls') return poolingType.cls;
  return pooling.count === 1 ? poolingType.last : poolingType.none;
}

function fillBatch(batch: Batch, sequences: readonly TokenSequence[]): Batch {
  const total = sequences.reduce((sum, { tokens }) => sum + tokens.length, 0);
  const tokens = new Int32Array(total);
  const positions = new Int32Array(total);
  const ids = new Int32Array(total);
  let at = 0;
  for (const [id, sequence] of sequences.entries()) {
    tokens.set(sequence.tokens, at);
    for (let offset = 0; offset < sequence.tokens.length; offset += 1) {
      positions[at + offset] = sequence.positions?.[offset] ?? offset;
      ids[at + offset] = id;
    }
    at += sequence.tokens.length;
  }
  koffi.encode(batch.token, 'int32_t', tokens, total);
  koffi.encode(batch.pos, 'int32_t', positions, total);
  koffi.encode(batch.n_seq_id, 'int32_t', new Int32Array(total).fill(1), total);
  koffi.encode(batch.logits, 'int8_t', new Int8Array(total).fill(1), total);
  // llama_batch_init lays one array per token; the pointers are read once per call.
  const rows = koffi.decode(batch.seq_id, 'uintptr_t', total) as ArrayLike<number | bigint>;
  for (let index = 0; index < total; index += 1) {
    koffi.encode(BigInt(rows[index]!), 'int32_t', ids[index]);
  }
  return { ...batch, n_tokens: total };
}

function readVectors(
  f: NativeFunctions,
  context: bigint,
  sequences: readonly TokenSequence[],
  dimension: number,
  poolHere: boolean,
): Float32Array[] {
  let start = 0;
  return sequences.map((sequence, id) => {
    const base = start;
    start += sequence.tokens.length;
    if (!poolHere) return readRow(f.llama_get_embeddings_seq(context, id), dimension);
    const sum = new Float32Array(dimension);
    for (const [slot, position] of sequence.selected.entries()) {
      const row = readRow(f.llama_get_embeddings_ith(context, base + position), dimension);
      const weight = sequence.weights?.[slot] ?? 1 / sequence.selected.length;
      for (let index = 0; index < dimension; index += 1) sum[index]! += weight * row[index]!;
    }
    return sum;
  });
}

function readRow(address: bigint | null, dimension: number): Float32Array {
  if (address === null) throw new AppError('internal', 'llama.cpp returned no embedding for a sequence.');
  return Float32Array.from(koffi.decode(address, 'float', dimension) as ArrayLike<number>);
}
