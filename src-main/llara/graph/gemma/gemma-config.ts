/**
 * Hyperparameters of a model of Gemma 3 architecture (arXiv 2503.19786), the causal one or EmbeddingGemma (arXiv 2509.20354), read from
 * its GGUF, and the verdict whether our own graph computes it exactly. What it does not cover is named and left to `llama_decode`.
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

/** How many tokens before and after itself a token of a local layer sees. */
export type AttentionWindow = { before: number; after: number };

export type GemmaConfig = DecoderSizes & {
  /** False for EmbeddingGemma: tokens see those after them, too. */
  isCausal: boolean;
  /** Null where no layer is local. */
  window: AttentionWindow | null;
  /** Of each layer, whether it sees the window alone. */
  isLocal: readonly boolean[];
  rope: { local: RopeOptions; global: RopeOptions };
  /** Width between the two dense layers after pooling; null where the file has none. */
  denseWidth: number | null;
};

export type GemmaConfigResult = { ok: true; config: GemmaConfig } | { ok: false; reason: string };

const usualPattern = 6;
/** Gemma 3 27B scales attention by its width a head instead of the head's size; llama.cpp tells it by its layers. */
const layersOfLargest = 62;

export const isGemma = (gguf: GgufFile): boolean =>
  ['gemma3', 'gemma-embedding'].includes(gguf.string('general.architecture') ?? '');

export function readGemmaConfig(gguf: GgufFile): GemmaConfigResult {
  const architecture = gguf.string('general.architecture');
  if (!isGemma(gguf)) return { ok: false, reason: `architecture ${architecture}` };
  const isCausal = architecture === 'gemma3';
  const key = keysOf(gguf);
  const scaling = unsupportedScaling(gguf);
  if (scaling !== null) return { ok: false, reason: scaling };
  if (isCausal && gguf.value(key('attention.causal')) === false)
    return { ok: false, reason: 'bidirectional attention' };
  if ((gguf.number('split.count') ?? 1) > 1) return { ok: false, reason: 'a model in several files' };
  const tensors = gguf.tensors();
  const unknown = tensors.find(({ name }) => !knownTensor(isCausal).test(name));
  if (unknown !== undefined) return { ok: false, reason: `tensor ${unknown.name}` };
  const find = (name: string) => tensors.find((tensor) => tensor.name === name);
  const embedding = find('token_embd.weight');
  if (embedding === undefined) return { ok: false, reason: 'no tensor token_embd.weight' };
  const [dense2, dense3] = [find('dense_2.weight'), find('dense_3.weight')];
  if ((dense2 === undefined) !== (dense3 === undefined))
    return { ok: false, reason: 'one dense layer without the other' };
  const required = readRequired(gguf);
  if (typeof required === 'string') return { ok: false, reason: `no number ${required}` };

  const headCount = required['attention.head_count'];
  const width = required.embedding_length;
  const headSize = gguf.number(key('attention.key_length')) ?? width / headCount;
  const otherSize = ['attention.value_length', 'attention.key_length_swa', 'attention.value_length_swa'].find(
    (name) => (gguf.number(key(name)) ?? headSize) !== headSize,
  );
  if (otherSize !== undefined) return { ok: false, reason: `another ${otherSize}` };
  const size = gguf.number(key('attention.sliding_window')) ?? 0;
  if (!isCausal && size === 0) return { ok: false, reason: `no number ${key('attention.sliding_window')}` };
  const layerCount = required.block_count;
  const contextLength = required.context_length;
  const rope = readRope(gguf, { mode: ropeMode.halves, headSize, contextLength });
  return {
    ok: true,
    config: {
      layerCount,
      width,
      headCount,
      kvHeadCount: gguf.number(key('attention.head_count_kv')) ?? headCount,
      headSize,
      feedForward: required.feed_forward_length,
      vocabularySize: embedding.shape[1],
      contextLength,
      rmsEpsilon: required['attention.layer_norm_rms_epsilon'],
      attentionScale:
        1 / Math.sqrt(isCausal && layerCount === layersOfLargest ? width / headCount : headSize),
      isCausal,
      window: windowOf(size, isCausal),
      isLocal: localLayers(gguf, layerCount, size),
      // Positions of local layers are never stretched, whatever is done for long contexts.
      rope: {
        local: { ...rope, base: gguf.number(key('rope.freq_base_swa')) ?? 10_000, scale: 1 },
        global: rope,
      },
      denseWidth: dense2?.shape[1] ?? null,
    },
  };
}

/** As llama.cpp masks: `size` tokens with the token itself, or half as many on either side of it. */
function windowOf(size: number, isCausal: boolean): AttentionWindow | null {
  if (size === 0) return null;
  const half = Math.floor(size / 2);
  return isCausal ? { before: size - 1, after: 0 } : { before: half, after: half };
}

/** The file says it of each layer, or every how many layers one is global, the last of them; without a word, six. */
function localLayers(gguf: GgufFile, layerCount: number, size: number): boolean[] {
  const name = keysOf(gguf)('attention.sliding_window_pattern');
  const each = gguf.numbers(name);
  const period = gguf.number(name) ?? usualPattern;
  return Array.from({ length: layerCount }, (_, layer) => {
    if (size === 0) return false;
    if (each !== undefined) return (each[layer] ?? 0) !== 0;
    return period === 0 || layer % period < period - 1;
  });
}

function knownTensor(isCausal: boolean): RegExp {
  const whole = `token_embd|output_norm|output${isCausal ? '' : '|dense_2|dense_3'}`;
  const norms = 'attn_norm|attn_q_norm|attn_k_norm|post_attention_norm|ffn_norm|post_ffw_norm';
  return new RegExp(
    `^((${whole})\\.weight|blk\\.\\d+\\.((${norms}|attn_output|ffn_gate|ffn_up|ffn_down)\\.weight|attn_[qkv]\\.(weight|bias)))$`,
  );
}
