/**
 * Whether a GGUF file is a reranker: a model that reads a question and a passage together and has a head that says how well the one answers the
 * other (a cross-encoder, arXiv 1901.04085). llama.cpp computes such a head where the pooling is `rank`.
 */
import { poolingType } from '../../native/abi/llama-h.ts';
import type { GgufFile } from '../../native/gguf/gguf-file.ts';
import type { NetworkShapeResult } from '../training/network-shape.ts';

/** By what the file says of its pooling, else by the head: an encoder may have its inner layer, a pooler, but never the one that gives a score. */
export function isReranker(gguf: GgufFile): boolean {
  const pooling = gguf.number(`${gguf.string('general.architecture')}.pooling_type`);
  if (pooling === poolingType.rank) return true;
  const names = new Set(gguf.tensors().map(({ name }) => name));
  return names.has('cls.output.weight') || (pooling === undefined && names.has('cls.weight'));
}

/** Why a reranker cannot be used, null where nothing is known against it. */
export function rerankerProblem(gguf: GgufFile): string | null {
  return hasHead(gguf)
    ? null
    : `${gguf.path} says that it is a reranker, but holds no classification head. Choose a file that was converted with it.`;
}

/** Some heads have a single layer. */
const hasHead = (gguf: GgufFile): boolean =>
  gguf.tensors().some(({ name }) => name === 'cls.weight' || name === 'cls.output.weight');

/** What a passage's arithmetic follows from, as the metadata say, whoever computes it. */
export function rerankerShape(gguf: GgufFile): NetworkShapeResult {
  const architecture = gguf.string('general.architecture') ?? '';
  const number = (key: string) => gguf.number(`${architecture}.${key}`);
  const width = number('embedding_length') ?? 0;
  const headCount = number('attention.head_count') ?? 0;
  const shape = {
    layerCount: number('block_count') ?? 0,
    width,
    headCount,
    kvHeadCount: number('attention.head_count_kv') ?? headCount,
    headSize: number('attention.key_length') ?? width / headCount,
    feedForward: number('feed_forward_length') ?? 0,
    feedForwardMatrices: architecture === 'bert' ? 2 : 3,
    vocabularySize: 0,
    hasHead: false,
  };
  const isKnown = [shape.layerCount, width, shape.headSize, shape.feedForward].every((size) => size > 0);
  return isKnown ? { ok: true, shape } : { ok: false, reason: 'metadata without sizes' };
}
