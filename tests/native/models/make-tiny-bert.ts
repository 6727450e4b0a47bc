/** Writes a one-layer BERT with random weights and a WordPiece vocabulary: the smallest model of the non-llama path. */
import { GgufWriter } from '../../../src-main/native/gguf/gguf-writer.ts';
import type { NativeRuntime } from '../../../src-main/native/native-runtime.ts';

const width = 32;
const feedForward = 64;
const contextLength = 128;

/** `poolingType`: llama.cpp's number, 1 mean, 2 CLS. */
export async function makeTinyBert(runtime: NativeRuntime, path: string, poolingType: number): Promise<void> {
  const writer = GgufWriter.create(runtime, 30);
  writer.setString('general.architecture', 'bert').setString('general.name', 'tiny-bert');
  writer.setUint32('bert.context_length', contextLength).setUint32('bert.embedding_length', width);
  writer.setUint32('bert.block_count', 1).setUint32('bert.feed_forward_length', feedForward);
  writer.setUint32('bert.attention.head_count', 4).setFloat32('bert.attention.layer_norm_epsilon', 1e-12);
  writer.setBool('bert.attention.causal', false).setUint32('bert.pooling_type', poolingType);
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
  writer.setString('tokenizer.ggml.model', 'bert').setStrings('tokenizer.ggml.tokens', pieces);
  writer.setInt32Array(
    'tokenizer.ggml.token_type',
    Int32Array.from(pieces, (_, id) => (id < 5 ? 3 : 1)),
  );
  writer.setUint32('tokenizer.ggml.token_type_count', 2).setUint32('tokenizer.ggml.unknown_token_id', 1);
  writer.setUint32('tokenizer.ggml.cls_token_id', 2).setUint32('tokenizer.ggml.seperator_token_id', 3);
  writer.setUint32('tokenizer.ggml.bos_token_id', 2).setUint32('tokenizer.ggml.padding_token_id', 0);

  let seed = 0;
  const add = (name: string, extents: number[], scale: number, offset = 0) => {
    seed += 1;
    const count = extents.reduce((product, extent) => product * extent, 1);
    const values = new Float32Array(count).map(
      (_, index) => offset + scale * Math.sin(seed * 12.9898 + index * 78.233 + Math.sin(index * 1.37) * 43),
    );
    writer.addTensor(name, 'f32', extents, values);
  };
  const norm = (name: string) => {
    add(`${name}.weight`, [width], 0.1, 1);
    add(`${name}.bias`, [width], 0.1);
  };
  const linear = (name: string, input: number, output: number) => {
    add(`${name}.weight`, [input, output], 1.5 / Math.sqrt(input));
    add(`${name}.bias`, [output], 0.1);
  };
  add('token_embd.weight', [width, pieces.length], 1);
  add('position_embd.weight', [width, contextLength], 0.3);
  add('token_types.weight', [width, 2], 0.1);
  norm('token_embd_norm');
  for (const part of ['attn_q', 'attn_k', 'attn_v', 'attn_output']) linear(`blk.0.${part}`, width, width);
  norm('blk.0.attn_output_norm');
  linear('blk.0.ffn_up', width, feedForward);
  linear('blk.0.ffn_down', feedForward, width);
  norm('blk.0.layer_output_norm');
  await writer.write(path);
  writer.dispose();
}
