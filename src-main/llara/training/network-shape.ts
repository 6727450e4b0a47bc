/** The sizes of a model that training computes, from its file's metadata: what plans of memory and time reckon with. */
import type { GgufFile } from '../../native/gguf/gguf-file.ts';
import { type BertConfig, readBertConfig } from '../graph/bert-config.ts';
import { type LlamaConfig, readLlamaConfig } from '../graph/llama-config.ts';

export type NetworkShape = {
  layerCount: number;
  /** Embedding size E. */
  width: number;
  headCount: number;
  kvHeadCount: number;
  /** Elements per head d. */
  headSize: number;
  feedForward: number;
  /** 3 where the feed-forward has a gate, else 2. */
  feedForwardMatrices: number;
  vocabularySize: number;
};

export type NetworkShapeResult = { ok: true; shape: NetworkShape } | { ok: false; reason: string };

/** Why the model cannot be trained, where no graph of our own computes it. */
export function readNetworkShape(gguf: GgufFile): NetworkShapeResult {
  if (gguf.string('general.architecture') === 'bert') {
    const bert = readBertConfig(gguf);
    return bert.ok ? { ok: true, shape: shapeOfBert(bert.config) } : bert;
  }
  const llama = readLlamaConfig(gguf);
  return llama.ok ? { ok: true, shape: shapeOfLlama(llama.config) } : llama;
}

export function shapeOfLlama(config: LlamaConfig): NetworkShape {
  return { ...config, feedForwardMatrices: 3 };
}

export function shapeOfBert(config: BertConfig): NetworkShape {
  return { ...config, kvHeadCount: config.headCount, feedForwardMatrices: 2 };
}
