/**
 * A LoRA adapter read from GGUF into memory beside the weights it belongs to. An adapter of another base is refused before
 * anything is computed with it.
 */
import { open } from 'node:fs/promises';
import { AppError } from '../../common/app-error.ts';
import type { Backend } from '../../native/ggml/backend.ts';
import type { BackendBuffer } from '../../native/ggml/backend-buffer.ts';
import { GgmlContext } from '../../native/ggml/ggml-context.ts';
import type { Tensor } from '../../native/ggml/tensor.ts';
import { GgufFile, type GgufTensorInfo } from '../../native/gguf/gguf-file.ts';
import { type LoraPair, type LoraPairs, linearsIn } from './blocks.ts';

/** GGUF key with the id (SHA-256, 16 hex digits) of the encoder an adapter was trained on. */
export const adapterBaseKey = 'llara.adapter.base';

/** GGUF key of the branch that an adapter is for: `next` (queries); absent where it is for both. */
export const adapterBranchKey = 'llara.adapter.branch';

/** Whether passages keep the vectors of the bare encoder under this adapter. */
export function isForQueriesOnly(adapter: GgufFile): boolean {
  return adapter.string(adapterBranchKey) === 'next';
}

/** A model of any architecture: an adapter may alter each product of its layers. */
type AdaptedModel = { readonly layers: readonly object[] };

export class LoraAdapter {
  readonly pairs: LoraPairs;
  readonly #context: GgmlContext;
  readonly #buffer: BackendBuffer | null;

  private constructor(pairs: LoraPairs, context: GgmlContext, buffer: BackendBuffer | null) {
    this.pairs = pairs;
    this.#context = context;
    this.#buffer = buffer;
  }

  static async create(backend: Backend, path: string, weights: AdaptedModel): Promise<LoraAdapter> {
    const gguf = await GgufFile.create(backend.runtime, path);
    const infos = gguf.tensors();
    const context = GgmlContext.create(backend.runtime, { maxTensors: infos.length });
    let buffer: BackendBuffer | null = null;
    try {
      const tensors = new Map(infos.map((info) => [info.name, declare(context, info)]));
      buffer = backend.allocateContext(context);
      const file = await open(path, 'r');
      try {
        for (const info of infos) await gguf.loadInto(info, tensors.get(info.name)!, file);
      } finally {
        await file.close();
      }
      const alpha = gguf.number('adapter.lora.alpha') ?? 0;
      return new LoraAdapter(pairUp(path, tensors, weights, alpha), context, buffer);
    } catch (error) {
      buffer?.dispose();
      context.dispose();
      throw error;
    } finally {
      gguf.dispose();
    }
  }

  dispose(): void {
    this.#buffer?.dispose();
    this.#context.dispose();
  }
}

/** Throws `adapter-mismatch` where the file is no LoRA adapter or names another base than `baseId`. */
export function checkAdapterBase(adapter: GgufFile, base: { id: string; architecture: string }): void {
  const type = adapter.string('adapter.type');
  if (adapter.string('general.type') !== 'adapter' || type !== 'lora') {
    throw new AppError('adapter-mismatch', `${adapter.path} is not a LoRA adapter.`);
  }
  const architecture = adapter.string('general.architecture');
  if (architecture !== base.architecture) {
    throw new AppError(
      'adapter-mismatch',
      `The adapter ${adapter.path} is for ${architecture} models, the encoder is a ${base.architecture} model.`,
    );
  }
  const baseId = adapter.string(adapterBaseKey);
  if (baseId !== undefined && baseId !== base.id) {
    throw new AppError(
      'adapter-mismatch',
      `The adapter ${adapter.path} was trained on the encoder ${baseId}, not on ${base.id}. Adapt again with this encoder.`,
    );
  }
}

function pairUp(
  path: string,
  tensors: ReadonlyMap<string, Tensor>,
  weights: AdaptedModel,
  alpha: number,
): LoraPairs {
  const linears = new Map(weights.layers.flatMap(linearsIn).map((linear) => [linear.name, linear.weight]));
  const pairs = new Map<string, LoraPair>();
  for (const name of tensors.keys()) {
    const base = name.replace(/\.lora_[ab]$/, '');
    const weight = linears.get(base);
    const a = tensors.get(`${base}.lora_a`);
    const b = tensors.get(`${base}.lora_b`);
    if (weight === undefined || a === undefined || b === undefined) {
      throw new AppError(
        'adapter-mismatch',
        `${path}: nothing in the encoder answers to the adapter's tensor ${name}.`,
      );
    }
    const rank = a.shape[1];
    if (a.shape[0] !== weight.shape[0] || b.shape[1] !== weight.shape[1] || b.shape[0] !== rank) {
      throw new AppError(
        'adapter-mismatch',
        `${path}: the shape of ${name} does not fit the encoder's ${base}.`,
      );
    }
    // llama.cpp: no alpha means scale 1 (llama_adapter_lora_weight::get_scale).
    pairs.set(base, { a, b, scale: alpha === 0 ? 1 : alpha / rank });
  }
  return pairs;
}

function declare(context: GgmlContext, info: GgufTensorInfo): Tensor {
  return context.newTensor(info.type, info.shape[0], info.shape[1]).named(info.name);
}
