/**
 * Writes a small BERT, or another architecture of its family, with random weights and a WordPiece vocabulary: by default of one layer,
 * the smallest model that is not a llama.
 */
import type { GgmlTypeName } from '../../../src-main/native/abi/ggml-h.ts';
import { GgufWriter } from '../../../src-main/native/gguf/gguf-writer.ts';
import type { NativeRuntime } from '../../../src-main/native/native-runtime.ts';

export type TinyBertOptions = {
  /** llama.cpp's number: 1 mean, 2 CLS, 3 last, 4 rank; null for a file that says nothing of it. */
  poolingType?: number | null;
  architecture?: string;
  layerCount?: number;
  width?: number;
  headCount?: number;
  feedForward?: number;
  contextLength?: number;
  /** Pieces; those beyond the usual 81 stand for nothing. */
  vocabulary?: number;
  /** Of matrices. */
  type?: GgmlTypeName;
  isCausal?: boolean;
  hasTypes?: boolean;
  /** Of their numbers. */
  typeScale?: number;
  hasBiases?: boolean;
  /** A classification head as rerankers have one: tanh(W·cls + b), then one number. */
  hasHead?: boolean;
  /** Adds to the positions from there on what the second type has over the first: what a second text is to a graph without types. */
  secondTypeFrom?: number;
  /** Names of tensors to leave out, and lengths of vectors to add. */
  without?: readonly string[];
  extraVectors?: Readonly<Record<string, number>>;
};

export async function makeTinyBert(
  runtime: NativeRuntime,
  path: string,
  options: TinyBertOptions = {},
): Promise<void> {
  const { architecture = 'bert', layerCount = 1, width = 32, headCount = 4, feedForward = 64 } = options;
  const { contextLength = 128, type = 'f32', isCausal = false, hasTypes = true, hasBiases = true } = options;
  const writer = GgufWriter.create(runtime, 12 + 16 * layerCount);
  const key = (name: string) => `${architecture}.${name}`;
  writer.setString('general.architecture', architecture).setString('general.name', 'tiny-bert');
  writer.setUint32(key('context_length'), contextLength).setUint32(key('embedding_length'), width);
  writer.setUint32(key('block_count'), layerCount).setUint32(key('feed_forward_length'), feedForward);
  writer.setUint32(key('attention.head_count'), headCount);
  writer.setFloat32(key('attention.layer_norm_epsilon'), 1e-12);
  writer.setBool(key('attention.causal'), isCausal);
  if (options.poolingType !== null) writer.setUint32(key('pooling_type'), options.poolingType ?? 1);
  const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789.,'];
  const pieces = [
    '[PAD]',
    '[UNK]',
    '[CLS]',
    '[SEP]',
    '[MASK]',
    ...letters.map((letter) => `▁${letter}`),
    ...letters,
  ];
  while (pieces.length < (options.vocabulary ?? 0)) pieces.push(`#${pieces.length}`);
  writer.setString('tokenizer.ggml.model', 'bert').setStrings('tokenizer.ggml.tokens', pieces);
  writer.setInt32Array(
    'tokenizer.ggml.token_type',
    Int32Array.from(pieces, (_, id) => (id < 5 ? 3 : 1)),
  );
  writer.setUint32('tokenizer.ggml.token_type_count', 2).setUint32('tokenizer.ggml.unknown_token_id', 1);
  writer.setUint32('tokenizer.ggml.cls_token_id', 2).setUint32('tokenizer.ggml.seperator_token_id', 3);
  writer.setUint32('tokenizer.ggml.bos_token_id', 2).setUint32('tokenizer.ggml.padding_token_id', 0);

  const valueAt = (seed: number, index: number) =>
    Math.sin(seed * 12.9898 + index * 78.233 + Math.sin(index * 1.37) * 43);
  const { typeScale = 0.1 } = options;
  const typeSeed = 3;
  const secondType = (index: number) =>
    typeScale * (valueAt(typeSeed, width + (index % width)) - valueAt(typeSeed, index % width));
  let seed = 0;
  const add = (name: string, tensorType: GgmlTypeName, extents: number[], scale: number, offset = 0) => {
    seed += 1;
    if (options.without?.includes(name)) return;
    const count = extents.reduce((product, extent) => product * extent, 1);
    const values = new Float32Array(count).map((_, index) => offset + scale * valueAt(seed, index));
    const { secondTypeFrom } = options;
    if (name === 'position_embd.weight' && secondTypeFrom !== undefined)
      for (let index = secondTypeFrom * width; index < count; index += 1) values[index]! += secondType(index);
    writer.addTensor(name, tensorType, extents, values);
  };
  const norm = (name: string) => {
    add(`${name}.weight`, 'f32', [width], 0.1, 1);
    add(`${name}.bias`, 'f32', [width], 0.1);
  };
  const linear = (name: string, input: number, output: number) => {
    add(`${name}.weight`, type, [input, output], 1.5 / Math.sqrt(input));
    if (hasBiases) add(`${name}.bias`, 'f32', [output], 0.1);
  };
  add('token_embd.weight', type, [width, pieces.length], 1);
  if (architecture === 'bert') add('position_embd.weight', 'f32', [width, contextLength], 0.3);
  if (hasTypes) add('token_types.weight', 'f32', [width, 2], typeScale);
  norm('token_embd_norm');
  for (let layer = 0; layer < layerCount; layer += 1) {
    const name = `blk.${layer}`;
    for (const part of ['attn_q', 'attn_k', 'attn_v', 'attn_output']) linear(`${name}.${part}`, width, width);
    norm(`${name}.attn_output_norm`);
    linear(`${name}.ffn_up`, width, feedForward);
    if (architecture !== 'bert') add(`${name}.ffn_gate.weight`, type, [width, feedForward], 0.2);
    linear(`${name}.ffn_down`, feedForward, width);
    norm(`${name}.layer_output_norm`);
  }
  if (options.hasHead) {
    add('cls.weight', type, [width, width], 1.5 / Math.sqrt(width));
    add('cls.bias', 'f32', [width], 0.1);
    add('cls.output.weight', type, [width, 1], 1.5 / Math.sqrt(width));
    add('cls.output.bias', 'f32', [1], 0.1);
  }
  for (const [name, length] of Object.entries(options.extraVectors ?? {})) {
    writer.addTensor(name, 'f32', [length], new Float32Array(length).fill(0.1));
  }
  await writer.write(path);
  writer.dispose();
}
