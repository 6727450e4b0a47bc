/**
 * Hyperparameters of a llama-architecture model, read from its GGUF, and the verdict whether our own graph computes it exactly.
 * Variants that the graph does not cover are named, not approximated; they take the `llama_decode` path.
 */

import type { RopeOptions } from '../../../native/ggml/tensor-ops.ts';
import type { GgufFile } from '../../../native/gguf/gguf-file.ts';

export type LlamaConfig = {
  layerCount: number;
  /** Embedding size E. */
  width: number;
  headCount: number;
  kvHeadCount: number;
  /** Elements per head d. */
  headSize: number;
  feedForward: number;
  vocabularySize: number;
  contextLength: number;
  rmsEpsilon: number;
  /** Factor on q·k before the softmax. */
  attentionScale: number;
  rope: RopeOptions;
};

export type LlamaConfigResult = { ok: true; config: LlamaConfig } | { ok: false; reason: string };

const knownTensor =
  /^(token_embd\.weight|output_norm\.weight|output\.weight|rope_freqs\.weight|blk\.\d+\.(attn_norm|ffn_norm)\.weight|blk\.\d+\.(attn_q|attn_k|attn_v|attn_output|ffn_gate|ffn_up|ffn_down)\.(weight|bias))$/;

export function readLlamaConfig(gguf: GgufFile): LlamaConfigResult {
  const architecture = gguf.string('general.architecture');
  if (architecture !== 'llama') return { ok: false, reason: `architecture ${architecture}` };
  const scaling = gguf.string('llama.rope.scaling.type') ?? 'none';
  if (scaling !== 'none' && scaling !== 'linear') return { ok: false, reason: `rope scaling ${scaling}` };
  if (gguf.value('llama.attention.causal') === false) return { ok: false, reason: 'bidirectional attention' };
  if ((gguf.number('split.count') ?? 1) > 1) return { ok: false, reason: 'a model in several files' };
  const unknown = gguf.tensors().find(({ name }) => !knownTensor.test(name));
  if (unknown !== undefined) return { ok: false, reason: `tensor ${unknown.name}` };

  const embedding = gguf.tensors().find(({ name }) => name === 'token_embd.weight');
  if (embedding === undefined) return { ok: false, reason: 'no tensor token_embd.weight' };
  const required = readNumbers(gguf);
  if (typeof required === 'string') return { ok: false, reason: `no number ${required}` };

  const headCount = required['attention.head_count'];
  const headSize = gguf.number('llama.attention.key_length') ?? required.embedding_length / headCount;
  if ((gguf.number('llama.attention.value_length') ?? headSize) !== headSize) {
    return { ok: false, reason: 'keys and values of different size' };
  }
  return {
    ok: true,
    config: {
      layerCount: required.block_count,
      width: required.embedding_length,
      headCount,
      kvHeadCount: gguf.number('llama.attention.head_count_kv') ?? headCount,
      headSize,
      feedForward: required.feed_forward_length,
      vocabularySize: embedding.shape[1],
      contextLength: required.context_length,
      rmsEpsilon: required['attention.layer_norm_rms_epsilon'],
      attentionScale: gguf.number('llama.attention.scale') || 1 / Math.sqrt(headSize),
      rope: {
        dimensions: gguf.number('llama.rope.dimension_count') ?? headSize,
        mode: 0,
        originalContext: required.context_length,
        base: gguf.number('llama.rope.freq_base') ?? 10_000,
        scale: scaling === 'linear' ? 1 / (gguf.number('llama.rope.scaling.factor') || 1) : 1,
        extFactor: 0,
        attnFactor: 1,
        betaFast: 32,
        betaSlow: 1,
      },
    },
  };
}

const requiredNumbers = [
  'embedding_length',
  'block_count',
  'feed_forward_length',
  'context_length',
  'attention.head_count',
  'attention.layer_norm_rms_epsilon',
] as const;

/** The first key that is absent, or no single number: some variants have one per layer. */
function readNumbers(gguf: GgufFile): Record<(typeof requiredNumbers)[number], number> | string {
  const values = requiredNumbers.map((key) => [key, gguf.number(`llama.${key}`)] as const);
  const missing = values.find(([, value]) => value === undefined);
  if (missing !== undefined) return `llama.${missing[0]}`;
  return Object.fromEntries(values) as Record<(typeof requiredNumbers)[number], number>;
}
