/** The two-layer model, adapter and batch of build/encoder/golden_training.py, made again from tensor names. */
import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../../src-main/common/seeded-random.ts';
import type { TokenisedExample } from '../../../src-main/llara/training/data/example-tokeniser.ts';
import type { BranchPrompt } from '../../../src-main/llara/training/graph/branches.ts';
import { targetSet } from '../../../src-main/llara/training/losses/set-loss.ts';
import { Backend } from '../../../src-main/native/ggml/backend.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import { GgufWriter } from '../../../src-main/native/gguf/gguf-writer.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';

export type GoldenRun = {
  losses: Record<'ebae' | 'ebar' | 'contrastive' | 'anchor', number>;
  passages: string;
  queries: string;
  gradients: Record<string, string>;
};

export type Golden = {
  config: {
    layers: number;
    width: number;
    heads: number;
    keyValueHeads: number;
    headSize: number;
    feedForward: number;
    vocabulary: number;
    normEpsilon: number;
    ropeBase: number;
    rank: number;
    alpha: number;
  };
  prefix: number[];
  selfSuffix: number[];
  nextSuffix: number[];
  branchTokens: number;
  texts: number[][];
  nextTexts: number[][];
  temperature: number;
  weights: Record<'ebae' | 'ebar' | 'contrastive' | 'anchor', number>;
  f32: GoldenRun;
  q8_0: GoldenRun;
};

export function readGolden(): Golden {
  return JSON.parse(readFileSync(new URL('../fixtures/training-golden.json', import.meta.url), 'utf8'));
}

export function goldenPrompt(golden: Golden): BranchPrompt {
  const { prefix, selfSuffix, nextSuffix, branchTokens } = golden;
  return { prefix, selfSuffix, nextSuffix, pooling: { kind: 'last', count: branchTokens } };
}

/** Query i is the NEXT embedding of text i, its passage the SELF embedding of text i + 1. */
export function goldenExamples({ texts, nextTexts }: Golden): TokenisedExample[] {
  return texts.map((text, index) => {
    const passage = (index + 1) % texts.length;
    return {
      group: `${index}`,
      query: Int32Array.from(text),
      positive: Int32Array.from(texts[passage] as number[]),
      negative: null,
      selfTargets: targetSet(texts[passage] as number[], new Set()),
      nextTargets: targetSet(nextTexts[passage] as number[], new Set()),
    };
  });
}

export function decodeFloats(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** Uniform in centre ± amplitude, row-major. */
export function generate(name: string, length: number, amplitude: number, centre = 0): Float32Array {
  const random = seededRandom(name);
  return Float32Array.from({ length }, () => centre + (random.next() - 0.5) * 2 * amplitude);
}

/** A bias on every linear map, and frequencies of RoPE divided by factors, the last one turning not at all. */
export function biasesAndRopeFactors({ config }: Golden): Record<string, Float32Array> {
  const { layers, width, keyValueHeads, headSize, feedForward } = config;
  const sizes = {
    attn_q: width,
    attn_k: keyValueHeads * headSize,
    attn_v: keyValueHeads * headSize,
    attn_output: width,
    ffn_gate: feedForward,
    ffn_up: feedForward,
    ffn_down: width,
  };
  const vectors: Record<string, Float32Array> = {
    'rope_freqs.weight': Float32Array.from({ length: headSize / 2 }, (_, pair) =>
      pair === headSize / 2 - 1 ? 1e30 : 1 + pair,
    ),
  };
  for (let layer = 0; layer < layers; layer++) {
    for (const [part, size] of Object.entries(sizes)) {
      const name = `blk.${layer}.${part}.bias`;
      vectors[name] = generate(name, size, 0.3);
    }
  }
  return vectors;
}

/** Writes the model as GGUF into a new temporary folder; matrices in `type`. */
export async function writeGoldenModel(
  runtime: NativeRuntime,
  golden: Golden,
  type: 'f32' | 'q8_0' | 'f16',
  change: (name: string, values: Float32Array) => Float32Array = (_, values) => values,
  vectors: Readonly<Record<string, Float32Array>> = {},
): Promise<string> {
  const { layers, width, heads, keyValueHeads, headSize, feedForward, vocabulary, normEpsilon, ropeBase } =
    golden.config;
  const writer = GgufWriter.create(runtime, 64 + Object.keys(vectors).length)
    .setString('general.architecture', 'llama')
    .setUint32('llama.block_count', layers)
    .setUint32('llama.embedding_length', width)
    .setUint32('llama.attention.head_count', heads)
    .setUint32('llama.attention.head_count_kv', keyValueHeads)
    .setUint32('llama.feed_forward_length', feedForward)
    .setUint32('llama.context_length', 128)
    .setUint32('llama.rope.dimension_count', headSize)
    .setFloat32('llama.rope.freq_base', ropeBase)
    .setFloat32('llama.attention.layer_norm_rms_epsilon', normEpsilon);
  const matrix = (name: string, rows: number, columns: number) =>
    writer.addTensor(
      name,
      type,
      [columns, rows],
      change(name, generate(name, rows * columns, Math.sqrt(3 / columns))),
    );
  const norm = (name: string) => writer.addTensor(name, 'f32', [width], generate(name, width, 0.2, 1));
  matrix('token_embd.weight', vocabulary, width);
  matrix('output.weight', vocabulary, width);
  norm('output_norm.weight');
  for (let layer = 0; layer < layers; layer++) {
    const part = (name: string) => `blk.${layer}.${name}.weight`;
    norm(part('attn_norm'));
    norm(part('ffn_norm'));
    matrix(part('attn_q'), width, width);
    matrix(part('attn_k'), keyValueHeads * headSize, width);
    matrix(part('attn_v'), keyValueHeads * headSize, width);
    matrix(part('attn_output'), width, width);
    matrix(part('ffn_gate'), feedForward, width);
    matrix(part('ffn_up'), feedForward, width);
    matrix(part('ffn_down'), width, feedForward);
  }
  for (const [name, values] of Object.entries(vectors))
    writer.addTensor(name, 'f32', [values.length], values);
  const path = join(await mkdtemp(join(tmpdir(), 'llara-golden-')), `golden-${type}.gguf`);
  await writer.write(path);
  writer.dispose();
  return path;
}

export async function openBackend(threadCount = 1): Promise<{ runtime: NativeRuntime; backend: Backend }> {
  const runtime = await NativeRuntime.create({ variant: 'cpu' });
  const device = runtime.findDevice('cpu');
  if (!device) throw new Error('no CPU device');
  return { runtime, backend: await Backend.create(runtime, { device, threadCount }) };
}

export async function openGoldenFile(runtime: NativeRuntime, golden: Golden, type: 'f32' | 'q8_0' | 'f16') {
  return GgufFile.create(runtime, await writeGoldenModel(runtime, golden, type));
}

/** ‖x − y‖ / ‖y‖ */
export function relativeError(x: Float32Array, y: Float32Array): number {
  let difference = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    difference += ((x[i] ?? Number.NaN) - (y[i] ?? 0)) ** 2;
    total += (y[i] ?? 0) ** 2;
  }
  return Math.sqrt(difference / Math.max(total, 1e-30));
}
