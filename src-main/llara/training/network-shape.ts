/** The sizes of a model that training computes, from its file's metadata: what plans of memory and time reckon with. */
import type { GgufFile } from '../../native/gguf/gguf-file.ts';
import { type BertConfig, isBert, readBertConfig } from '../graph/bert/bert-config.ts';
import { type GemmaConfig, isGemma, readGemmaConfig } from '../graph/gemma/gemma-config.ts';
import { type LlamaConfig, readLlamaConfig } from '../graph/llama/llama-config.ts';

export type NetworkShape = Pick<
  LlamaConfig,
  'layerCount' | 'width' | 'headCount' | 'kvHeadCount' | 'headSize' | 'feedForward' | 'vocabularySize'
> & {
  /** 3 where the feed-forward has a gate, else 2. */
  feedForwardMatrices: number;
  /** Whether the graph has an output head, which EBAE and EBAR ask. */
  hasHead: boolean;
};

export type NetworkShapeResult = { ok: true; shape: NetworkShape } | { ok: false; reason: string };

/** Why the model cannot be trained, where no graph of our own computes it. */
export function readNetworkShape(gguf: GgufFile): NetworkShapeResult {
  if (isBert(gguf)) {
    const bert = readBertConfig(gguf);
    return bert.ok ? { ok: true, shape: shapeOfBert(bert.config) } : bert;
  }
  if (isGemma(gguf)) {
    const gemma = readGemmaConfig(gguf);
    return gemma.ok ? { ok: true, shape: shapeOfGemma(gemma.config) } : gemma;
  }
  const llama = readLlamaConfig(gguf);
  return llama.ok ? { ok: true, shape: shapeOfLlama(llama.config) } : llama;
}

export function shapeOfLlama(config: LlamaConfig): NetworkShape {
  return { ...config, feedForwardMatrices: 3, hasHead: true };
}

export function shapeOfGemma(config: GemmaConfig): NetworkShape {
  return { ...config, feedForwardMatrices: 3, hasHead: false };
}

export function shapeOfBert(config: BertConfig): NetworkShape {
  return { ...config, kvHeadCount: config.headCount, feedForwardMatrices: 2, hasHead: false };
}
