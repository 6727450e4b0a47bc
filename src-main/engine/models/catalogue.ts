/**
 * Encoders worth downloading, where the bundled one does not suffice. Sizes are the publishers'; the checksum is the one
 * that the publisher's server states at download.
 */
import type { NetworkShape } from '../../llara/training/network-shape.ts';

export type CatalogueEntry = {
  id: string;
  name: string;
  architecture: string;
  dimension: number;
  contextLength: number;
  sizeBytes: number;
  licence: string;
  languages: string[];
  url: string;
  /** As its published configuration says; null where no graph of our own computes it. */
  shape: EncoderShape | null;
};

/** What a passage's arithmetic follows from. */
export type EncoderShape = Omit<NetworkShape, 'vocabularySize' | 'hasHead'>;

export const catalogue: readonly CatalogueEntry[] = [
  {
    id: 'qwen3-embedding-0.6b',
    name: 'Qwen3 Embedding 0.6B (Q8_0)',
    architecture: 'qwen3',
    dimension: 1024,
    contextLength: 32768,
    sizeBytes: 639_000_000,
    licence: 'Apache-2.0',
    languages: ['multilingual'],
    url: 'https://huggingface.co/Qwen/Qwen3-Embedding-0.6B-GGUF/resolve/main/Qwen3-Embedding-0.6B-Q8_0.gguf',
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
  {
    id: 'embeddinggemma-300m',
    name: 'EmbeddingGemma 300M (Q8_0)',
    architecture: 'gemma-embedding',
    dimension: 768,
    contextLength: 2048,
    sizeBytes: 333_590_944,
    licence: 'Gemma',
    languages: ['multilingual'],
    url: 'https://huggingface.co/ggml-org/embeddinggemma-300M-GGUF/resolve/main/embeddinggemma-300M-Q8_0.gguf',
    shape: {
      layerCount: 24,
      width: 768,
      headCount: 3,
      kvHeadCount: 1,
      headSize: 256,
      feedForward: 1152,
      feedForwardMatrices: 3,
    },
  },
  {
    id: 'bge-m3',
    name: 'BGE M3 (Q8_0)',
    architecture: 'bert',
    dimension: 1024,
    contextLength: 8192,
    sizeBytes: 634_553_760,
    licence: 'MIT',
    languages: ['multilingual'],
    url: 'https://huggingface.co/gpustack/bge-m3-GGUF/resolve/main/bge-m3-Q8_0.gguf',
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
    id: 'nomic-embed-text-v1.5',
    name: 'Nomic Embed Text v1.5 (Q8_0)',
    architecture: 'nomic-bert',
    dimension: 768,
    contextLength: 2048,
    sizeBytes: 146_000_000,
    licence: 'Apache-2.0',
    languages: ['en'],
    url: 'https://huggingface.co/nomic-ai/nomic-embed-text-v1.5-GGUF/resolve/main/nomic-embed-text-v1.5.Q8_0.gguf',
    shape: null,
  },
  {
    id: 'bge-small-en-v1.5',
    name: 'BGE Small English v1.5 (Q8_0)',
    architecture: 'bert',
    dimension: 384,
    contextLength: 512,
    sizeBytes: 37_000_000,
    licence: 'MIT',
    languages: ['en'],
    url: 'https://huggingface.co/CompendiumLabs/bge-small-en-v1.5-gguf/resolve/main/bge-small-en-v1.5-q8_0.gguf',
    shape: {
      layerCount: 12,
      width: 384,
      headCount: 12,
      kvHeadCount: 12,
      headSize: 32,
      feedForward: 1536,
      feedForwardMatrices: 2,
    },
  },
];
