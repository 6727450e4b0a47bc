/**
 * Encoders worth downloading, where the bundled one does not suffice. Sizes are the publishers'; the checksum is the one
 * that the publisher's server states at download.
 */

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
};

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
  },
];
