/**
 * Hyperparameters of a model of llama, Qwen2 or Qwen3 architecture, read from its GGUF, and the verdict whether our own graph computes
 * it exactly. Variants that the graph does not cover are named, not approximated; they take the `llama_decode` path.
 */
import type { RopeOptions } from '../../../native/ggml/tensor-ops.ts';
import type { GgufFile } from '../../../native/gguf/gguf-file.ts';
import {
  type DecoderSizes,
  keysOf,
  readRequired,
  readRope,
  ropeMode,
  unsupportedScaling,
} from '../hyperparameters.ts';

export type LlamaConfig = DecoderSizes & {
  /** Whether each head's queries and keys are normalised before their rotation. */
  hasHeadNorms: boolean;
  rope: RopeOptions;
};

export type LlamaConfigResult = { ok: true; config: LlamaConfig } | { ok: false; reason: string };

/** What sets an architecture of the family apart from the others. */
type Variant = {
  /** llama's converter has reordered the rows of queries and keys so that neighbours turn together, the others' have not. */
  ropeMode: number;
  hasHeadNorms: boolean;
  /** Whether `attention.scale` and `rope_freqs.weight` mean anything. */
  isScalable: boolean;
  /** Products that may have a bias. */
  biased: string;
};

const matrices = 'attn_q|attn_k|attn_v|attn_output|ffn_gate|ffn_up|ffn_down';

const variants: Readonly<Record<string, Variant>> = {
  llama: { ropeMode: ropeMode.neighbours, hasHeadNorms: false, isScalable: true, biased: matrices },
  // arXiv 2407.10671, section 2.2.1: biases of queries, keys and values.
  qwen2: {
    ropeMode: ropeMode.halves,
    hasHeadNorms: false,
    isScalable: false,
    biased: 'attn_q|attn_k|attn_v',
  },
  // arXiv 2505.09388, section 2: norms of queries and keys instead, and heads of a size of their own.
  qwen3: { ropeMode: ropeMode.halves, hasHeadNorms: true, isScalable: false, biased: 'attn_q|attn_k|attn_v' },
};

export function readLlamaConfig(gguf: GgufFile): LlamaConfigResult {
  const architecture = gguf.string('general.architecture') ?? 'unknown';
  const variant = variants[architecture];
  if (variant === undefined) return { ok: false, reason: `architecture ${architecture}` };
  const key = keysOf(gguf);
  const scaling = unsupportedScaling(gguf);
  if (scaling !== null) return { ok: false, reason: scaling };
  if (gguf.value(key('attention.causal')) === false) return { ok: false, reason: 'bidirectional attention' };
  if ((gguf.number('split.count') ?? 1) > 1) return { ok: false, reason: 'a model in several files' };
  const known = knownTensor(variant);
  const unknown = gguf.tensors().find(({ name }) => !known.test(name));
  if (unknown !== undefined) return { ok: false, reason: `tensor ${unknown.name}` };

  const embedding = gguf.tensors().find(({ name }) => name === 'token_embd.weight');
  if (embedding === undefined) return { ok: false, reason: 'no tensor token_embd.weight' };
  const required = readRequired(gguf);
  if (typeof required === 'string') return { ok: false, reason: `no number ${required}` };

  const headCount = required['attention.head_count'];
  const headSize = gguf.number(key('attention.key_length')) ?? required.embedding_length / headCount;
  if ((gguf.number(key('attention.value_length')) ?? headSize) !== headSize) {
    return { ok: false, reason: 'keys and values of different size' };
  }
  const contextLength = required.context_length;
  return {
    ok: true,
    config: {
      layerCount: required.block_count,
      width: required.embedding_length,
      headCount,
      kvHeadCount: gguf.number(key('attention.head_count_kv')) ?? headCount,
      headSize,
      feedForward: required.feed_forward_length,
      vocabularySize: embedding.shape[1],
      contextLength,
      rmsEpsilon: required['attention.layer_norm_rms_epsilon'],
      attentionScale: (variant.isScalable && gguf.number(key('attention.scale'))) || 1 / Math.sqrt(headSize),
      hasHeadNorms: variant.hasHeadNorms,
      rope: readRope(gguf, { mode: variant.ropeMode, headSize, contextLength }),
    },
  };
}

function knownTensor({ hasHeadNorms, isScalable, biased }: Variant): RegExp {
  const whole = `token_embd|output_norm|output${isScalable ? '|rope_freqs' : ''}`;
  const norms = `attn_norm|ffn_norm${hasHeadNorms ? '|attn_q_norm|attn_k_norm' : ''}`;
  return new RegExp(
    `^((${whole})\\.weight|blk\\.\\d+\\.((${norms}|${matrices})\\.weight|(${biased})\\.bias))$`,
  );
}
