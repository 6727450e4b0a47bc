/**
 * Writes a trained adapter as llama.cpp's own LoRA file (GGUF, `general.type = adapter`), so that stock tools load it, with the
 * hash of the model it belongs to, so that it is never laid over another one.
 */
import { GgufWriter } from '../../../native/gguf/gguf-writer.ts';
import type { NativeRuntime } from '../../../native/native-runtime.ts';
import type { QueryWords } from '../../encode/words/query-words.ts';
import { adapterBaseKey, adapterBranchKey } from '../../graph/lora-adapter.ts';
import { neighbourWeightKey } from '../../neighbour-weight.ts';
import type { AdapterShape } from './adapter-parameters.ts';

export type AdapterFile = {
  shape: AdapterShape;
  /** Of the base model, as its file names it. */
  architecture: string;
  /** Id of the base model's file, by which the encoder refuses any other. */
  baseId: string;
  name: string;
  /** Whether passages keep the vectors of the bare encoder. */
  queriesOnly: boolean;
  /** What it knows of the library's words, and at what share of it. */
  words?: { table: QueryWords; share: number };
  /** What neighbours count for in a search, 0…1; nothing where absent. */
  neighbourWeight?: number;
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
    .setString('general.architecture', adapter.architecture)
    .setString('general.name', adapter.name)
    .setString('adapter.type', 'lora')
    .setFloat32('adapter.lora.alpha', adapter.shape.alpha)
    .setString(adapterBaseKey, adapter.baseId);
  if (adapter.queriesOnly) writer.setString(adapterBranchKey, 'next');
  if (adapter.words) adapter.words.table.writeTo(writer, adapter.words.share);
  if (adapter.neighbourWeight !== undefined) writer.setFloat32(neighbourWeightKey, adapter.neighbourWeight);
  try {
    for (const { name, extents, values } of adapter.tensors) writer.addTensor(name, 'f32', extents, values);
    await writer.write(path);
  } finally {
    writer.dispose();
  }
}
