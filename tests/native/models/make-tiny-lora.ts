/** Writes a random LoRA adapter for the tiny llama: all seven weights of every layer, strong enough to be seen. */
import { adapterBaseKey, adapterBranchKey } from '../../../src-main/llara/graph/lora-adapter.ts';
import { GgufWriter } from '../../../src-main/native/gguf/gguf-writer.ts';
import type { NativeRuntime } from '../../../src-main/native/native-runtime.ts';

export type TinyLoraOptions = {
  layerCount?: number;
  width?: number;
  kvWidth?: number;
  feedForward?: number;
  rank?: number;
  alpha?: number;
  architecture?: string;
  /** Id of the encoder it claims to belong to. */
  baseId?: string;
  queriesOnly?: boolean;
};

export async function makeTinyLora(
  runtime: NativeRuntime,
  path: string,
  options: TinyLoraOptions = {},
): Promise<void> {
  const { layerCount = 2, width = 64, kvWidth = 32, feedForward = 96, rank = 4, alpha = 8 } = options;
  const writer = GgufWriter.create(runtime, 14 * layerCount);
  writer
    .setString('general.type', 'adapter')
    .setString('general.architecture', options.architecture ?? 'llama');
  writer.setString('adapter.type', 'lora').setFloat32('adapter.lora.alpha', alpha);
  if (options.baseId !== undefined) writer.setString(adapterBaseKey, options.baseId);
  if (options.queriesOnly) writer.setString(adapterBranchKey, 'next');
  const shapes: Record<string, [number, number]> = {
    attn_q: [width, width],
    attn_k: [width, kvWidth],
    attn_v: [width, kvWidth],
    attn_output: [width, width],
    ffn_gate: [width, feedForward],
    ffn_up: [width, feedForward],
    ffn_down: [feedForward, width],
  };
  for (let layer = 0; layer < layerCount; layer += 1) {
    for (const [part, [input, output]] of Object.entries(shapes)) {
      if (part === 'ffn_gate' && options.architecture === 'bert') continue;
      const wave = (count: number, step: number) =>
        new Float32Array(count).map((_, index) => 0.15 * Math.sin(1 + index * step + layer));
      const name = `blk.${layer}.${part}.weight`;
      writer.addTensor(`${name}.lora_a`, 'f32', [input, rank], wave(input * rank, 1.7));
      writer.addTensor(`${name}.lora_b`, 'f32', [rank, output], wave(rank * output, 2.3));
    }
  }
  await writer.write(path);
  writer.dispose();
}
