/**
 * Writes a trained adapter as llama.cpp's own LoRA file (GGUF, `general.type = adapter`), so that stock tools load it, with the
 * hash of the model it belongs to, so that it is never laid over another one.
 */
import { GgufFile } from '../../native/gguf-file.ts';
import { GgufWriter } from '../../native/gguf-writer.ts';
import type { NativeRuntime } from '../../native/native-runtime.ts';
import type { AdapterShape } from './adapter-parameters.ts';

/** GGUF key of the base model's content hash: SHA-256, 64 hex digits. */
export const baseHashKey = 'llara.adapter.base_sha256';

export type AdapterFile = {
  shape: AdapterShape;
  /** SHA-256 of the base model's file, hex. */
  baseSha256: string;
  name: string;
  /** `<weight>.lora_a` and `<weight>.lora_b` */
  tensors: readonly { name: string; extents: readonly [number, number]; values: Float32Array }[];
};

/** Replaces `path` as a whole or not at all. */
export async function writeAdapterFile(
  runtime: NativeRuntime,
  path: string,
  adapter: AdapterFile,
): Promise<void> {
  const writer = GgufWriter.create(runtime, adapter.tensors.length)
    .setString('general.type', 'adapter')
    .setString('general.architecture', 'llama')
    .setString('general.name', adapter.name)
    .setString('adapter.type', 'lora')
    .setFloat32('adapter.lora.alpha', adapter.shape.alpha)
    .setString(baseHashKey, adapter.baseSha256);
  try {
    for (const { name, extents, values } of adapter.tensors) writer.addTensor(name, 'f32', extents, values);
    await writer.write(path);
  } finally {
    writer.dispose();
  }
}

/** Hash of the model that the adapter at `path` belongs to; null for adapters made elsewhere, which do not say. */
export async function readAdapterBase(runtime: NativeRuntime, path: string): Promise<string | null> {
  const file = await GgufFile.create(runtime, path);
  try {
    return file.string(baseHashKey) ?? null;
  } finally {
    file.dispose();
  }
}
