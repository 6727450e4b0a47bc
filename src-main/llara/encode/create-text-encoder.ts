/**
 * Makes the encoder of a GGUF file:
 *
 *   const encoder = await createTextEncoder({ modelPath, adapterPath, device: 'auto', threads: 2 }, signal);
 *
 * Models of llama and BERT architecture run on our own graphs, all others through `llama_decode`. Throws `model-missing`, `model-invalid`,
 * `adapter-mismatch`, `not-supported`, `native-library-missing` or `native-library-mismatch`.
 */
import { basename } from 'node:path';
import { AppError } from '../../common/app-error.ts';
import { GgufFile } from '../../native/gguf/gguf-file.ts';
import { NativeRuntime } from '../../native/native-runtime.ts';
import { modelLanguages } from '../describe-model.ts';
import { chooseDevice } from '../device/choose-device.ts';
import { variantOf } from '../device/choose-variant.ts';
import { fileId } from '../file-id.ts';
import { checkAdapterBase, isForQueriesOnly } from '../graph/lora-adapter.ts';
import { PromptFormatter } from '../prompt/prompt-formatter.ts';
import { readPromptProfile } from '../prompt/prompt-profile.ts';
import { Tokenizer } from '../prompt/tokenizer.ts';
import { createDecodeEngine } from './decode-engine.ts';
import { createGraphEngine } from './graph-engine.ts';
import { ownGraphVerdict } from './graph-model.ts';
import { LlamaTextEncoder } from './llama-text-encoder.ts';
import type { TextEncoder } from './text-encoder.ts';
import { QueryWords } from './words/query-words.ts';

export type CreateTextEncoderOptions = {
  modelPath: string;
  /** Content hash of the model file where the caller already knows it; computed otherwise. */
  modelId?: string;
  /** LoRA adapter in GGUF. */
  adapterPath?: string;
  /** What the caller calls the adapter; the content hash of its file where absent. */
  adapterId?: string;
  /**
   * `auto` (a GPU where the process opened a build that has one, see `chooseVariant`), a kind (`cpu`, `gpu`), a backend (`vulkan`) or
   * a device's name (`CUDA0`).
   */
  device?: string;
  /** CPU threads; all cores where absent. */
  threads?: number;
  /** A runtime already open in this process. */
  runtime?: NativeRuntime;
  /** Forces the way of computing; for tests and benches. */
  engine?: 'graph' | 'decode';
};

/** Longer contexts cost memory by the square and gain nothing for passages of a few hundred tokens. */
const maxContextTokens = 2048;

export async function createTextEncoder(
  options: CreateTextEncoderOptions,
  signal?: AbortSignal,
): Promise<TextEncoder> {
  // Every build has a CPU backend, so only a named GPU asks for a certain one.
  const named = variantOf(options.device ?? 'auto') ?? 'cpu';
  const runtime =
    options.runtime ?? (await NativeRuntime.create({ variant: named === 'cpu' ? undefined : named }));
  const gguf = await GgufFile.create(runtime, options.modelPath);
  let tokenizer: Tokenizer | null = null;
  try {
    const architecture = gguf.string('general.architecture') ?? 'unknown';
    const id = options.modelId ?? (await fileId(options.modelPath, signal));
    const width = gguf.requireNumber(`${architecture}.embedding_length`);
    const adapter = await identifyAdapter(runtime, options, { id, architecture, width }, signal);
    const profile = readPromptProfile(gguf);
    const contextLength = Math.min(maxContextTokens, gguf.requireNumber(`${architecture}.context_length`));
    tokenizer = await Tokenizer.create(runtime, options.modelPath);
    const formatter = new PromptFormatter(tokenizer, profile, contextLength);
    signal?.throwIfAborted();
    const ownGraph = (options.engine ?? 'graph') === 'graph' && ownGraphVerdict(gguf).ok;
    const shared = {
      runtime,
      device: chooseDevice(runtime, options.device ?? 'auto'),
      threads: options.threads,
      adapterPath: options.adapterPath,
      signal,
    };
    const engine = ownGraph
      ? await createGraphEngine({ ...shared, gguf })
      : await createDecodeEngine({ ...shared, modelPath: options.modelPath, profile, contextLength });
    if (engine.vocabularySize < tokenizer.vocabularySize) {
      await engine.dispose();
      throw new AppError(
        'model-invalid',
        `${options.modelPath} has ${tokenizer.vocabularySize} tokens, but embeddings for ${engine.vocabularySize} only.`,
      );
    }
    const owned = tokenizer;
    return new LlamaTextEncoder({
      info: {
        id,
        name: gguf.string('general.name') ?? basename(options.modelPath, '.gguf'),
        adapterId: adapter?.id ?? null,
        adaptsPassages: adapter !== null && !adapter.queriesOnly,
        countsByWord: countsByWord(gguf),
        languages: modelLanguages(gguf),
      },
      engine,
      formatter,
      words: adapter?.words ?? null,
      onDispose: () => owned.dispose(),
    });
  } catch (error) {
    tokenizer?.dispose();
    throw error;
  } finally {
    gguf.dispose();
  }
}

/**
 * WordPiece and, where it joins spaces to one, SentencePiece's unigrams have no token that reaches over a space. Those of byte pairs may: line
 * ends and indentation are tokens of their own.
 */
function countsByWord(gguf: GgufFile): boolean {
  const tokenizer = gguf.string('tokenizer.ggml.model');
  if (tokenizer === 'bert') return true;
  return tokenizer === 't5' && gguf.value('tokenizer.ggml.remove_extra_whitespaces') === true;
}

type AdapterIdentity = {
  id: string;
  queriesOnly: boolean;
  words: QueryWords | null;
};

async function identifyAdapter(
  runtime: NativeRuntime,
  { adapterPath: path, adapterId }: Pick<CreateTextEncoderOptions, 'adapterPath' | 'adapterId'>,
  base: { id: string; architecture: string; width: number },
  signal: AbortSignal | undefined,
): Promise<AdapterIdentity | null> {
  if (path === undefined) return null;
  const adapter = await GgufFile.create(runtime, path);
  try {
    checkAdapterBase(adapter, base);
    return {
      id: adapterId ?? (await fileId(path, signal)),
      queriesOnly: isForQueriesOnly(adapter),
      words: QueryWords.read(adapter, base.width),
    };
  } finally {
    adapter.dispose();
  }
}
