/** What the configurations of decoders read alike from a GGUF file: required numbers and how positions turn queries and keys. */
import type { RopeOptions } from '../../native/ggml/tensor-ops.ts';
import type { GgufFile } from '../../native/gguf/gguf-file.ts';

const requiredNumbers = [
  'embedding_length',
  'block_count',
  'feed_forward_length',
  'context_length',
  'attention.head_count',
  'attention.layer_norm_rms_epsilon',
] as const;

type RequiredNumbers = Record<(typeof requiredNumbers)[number], number>;

/** What every decoder's file states. */
export type DecoderSizes = {
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
};

/** GGML_ROPE_TYPE_*: which two numbers of a head turn together, (2i, 2i + 1) or (i, i + d/2). */
export const ropeMode = { neighbours: 0, halves: 2 } as const;

/** Keys of the file's own architecture. */
export function keysOf(gguf: GgufFile): (name: string) => string {
  const architecture = gguf.string('general.architecture') ?? 'unknown';
  return (name) => `${architecture}.${name}`;
}

/** The first key that is absent, or no single number: some variants have one per layer. */
export function readRequired(gguf: GgufFile): RequiredNumbers | string {
  const key = keysOf(gguf);
  const values = requiredNumbers.map((name) => [name, gguf.number(key(name))] as const);
  const missing = values.find(([, value]) => value === undefined);
  if (missing !== undefined) return key(missing[0]);
  return Object.fromEntries(values) as RequiredNumbers;
}

/** Only where `unsupportedScaling` names nothing. */
export function readRope(
  gguf: GgufFile,
  { mode, headSize, contextLength }: { mode: number; headSize: number; contextLength: number },
): RopeOptions {
  const key = keysOf(gguf);
  const factor = gguf.number(key('rope.scaling.factor')) ?? gguf.number(key('rope.scale_linear'));
  return {
    dimensions: gguf.number(key('rope.dimension_count')) ?? headSize,
    mode,
    originalContext: contextLength,
    base: gguf.number(key('rope.freq_base')) ?? 10_000,
    scale: scalingOf(gguf) === 'linear' ? 1 / (factor || 1) : 1,
    extFactor: 0,
    attnFactor: 1,
    betaFast: 32,
    betaSlow: 1,
  };
}

/** What stretches positions in a way that our graphs do not compute; null where nothing does. */
export function unsupportedScaling(gguf: GgufFile): string | null {
  const scaling = scalingOf(gguf);
  if (scaling !== 'none' && scaling !== 'linear') return `rope scaling ${scaling}`;
  const factor = gguf.number(keysOf(gguf)('rope.scaling.attn_factor')) ?? 1;
  return factor === 1 ? null : `rope scaling by an attention factor of ${factor}`;
}

/** As llama.cpp has it: a factor without a type is linear, too. */
function scalingOf(gguf: GgufFile): string {
  return gguf.string(keysOf(gguf)('rope.scaling.type')) ?? 'linear';
}
