/**
 * Rerankers worth downloading. Sizes are the publishers', the smallest one's reckoned from its parameters; the checksum is the one that the
 * publisher's server states at download, as for encoders.
 */
import type { CatalogueEntry } from './catalogue.ts';

/** What can be downloaded, of either kind; a reranker has no vectors. */
export type DownloadableModel = Omit<CatalogueEntry, 'dimension'> & {
  kind: 'encoder' | 'reranker';
  dimension: number | null;
};

export const rerankerCatalogue: readonly DownloadableModel[] = [
  {
    id: 'jina-reranker-v1-tiny-en',
    kind: 'reranker',
    name: 'Jina Reranker v1 Tiny English (Q8_0)',
    architecture: 'jina-bert-v2',
    dimension: null,
    contextLength: 8192,
    sizeBytes: 36_000_000,
    licence: 'Apache-2.0',
    languages: ['en'],
    url: 'https://huggingface.co/gpustack/jina-reranker-v1-tiny-en-GGUF/resolve/main/jina-reranker-v1-tiny-en-Q8_0.gguf',
    shape: {
      layerCount: 4,
      width: 384,
      headCount: 12,
      kvHeadCount: 12,
      headSize: 32,
      feedForward: 1536,
      feedForwardMatrices: 3,
    },
  },
  {
    id: 'bge-reranker-v2-m3',
    kind: 'reranker',
    name: 'BGE Reranker v2 M3 (Q8_0)',
    architecture: 'bert',
    dimension: null,
    contextLength: 8192,
    sizeBytes: 635_676_416,
    licence: 'Apache-2.0',
    languages: ['multilingual'],
    url: 'https://huggingface.co/gpustack/bge-reranker-v2-m3-GGUF/resolve/main/bge-reranker-v2-m3-Q8_0.gguf',
    shape: {
      layerCount: 24,
      width: 1024,
      headCount: 16,
      kvHeadCount: 16,
      headSize: 64,
      feedForward: 4096,
      feedForwardMatrices: 2,
    },
  },
  {
    id: 'qwen3-reranker-0.6b',
    kind: 'reranker',
    name: 'Qwen3 Reranker 0.6B (Q8_0)',
    architecture: 'qwen3',
    dimension: null,
    contextLength: 32768,
    sizeBytes: 639_000_000,
    licence: 'Apache-2.0',
    languages: ['multilingual'],
    url: 'https://huggingface.co/ggml-org/Qwen3-Reranker-0.6B-Q8_0-GGUF/resolve/main/qwen3-reranker-0.6b-q8_0.gguf',
    shape: {
      layerCount: 28,
      width: 1024,
      headCount: 16,
      kvHeadCount: 8,
      headSize: 128,
      feedForward: 3072,
      feedForwardMatrices: 3,
    },
  },
];
