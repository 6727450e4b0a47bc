/** The sizes of a reranker, by which its cost is reckoned whoever computes it. */
import type { GgufFile } from '../../native/gguf/gguf-file.ts';
import type { NetworkShapeResult } from '../training/network-shape.ts';

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
