/** Hidden states as llama.cpp's own `llama_decode` gives them: the reference for our graph. */
import type { TokenSequence } from '../../../src-main/llara/encode/batches/batch-packing.ts';
import { createDecodeEngine } from '../../../src-main/llara/encode/decode-engine.ts';
import type { NativeRuntime } from '../../../src-main/native/native-runtime.ts';

/** Rows of the last hidden state after the final norm, sequence by sequence, all sequences in one call. */
export async function referenceStates(
  runtime: NativeRuntime,
  modelPath: string,
  sequences: readonly TokenSequence[],
  adapterPath?: string,
): Promise<Float32Array[][]> {
  const prompt = { prefix: '', suffix: '' };
  const engine = await createDecodeEngine({
    runtime,
    device: runtime.findDevice('cpu')!,
    threads: 1,
    modelPath,
    adapterPath,
    contextLength: 256,
    // Two last tokens: no pooling by llama.cpp, so that single positions can be read.
    profile: {
      passage: prompt,
      query: prompt,
      tokeniseApart: true,
      pooling: { kind: 'last', count: 2 },
      normalisation: [],
    },
  });
  const longest = Math.max(...sequences.map(({ tokens }) => tokens.length));
  const states = sequences.map((): Float32Array[] => []);
  for (let position = 0; position < longest; position += 1) {
    const at = sequences.map((sequence) => ({
      ...sequence,
      selected: Int32Array.of(Math.min(position, sequence.tokens.length - 1)),
    }));
    const rows = (await engine.lanes[0]!.embed(at)).flat();
    for (const [index, { tokens }] of sequences.entries()) {
      if (position < tokens.length) states[index]!.push(rows[index]!);
    }
  }
  await engine.dispose();
  return states;
}
