/**
 * Chat models worth downloading, in three sizes. Sizes are the publishers'; the checksum is the one that the publisher's server states
 * at download, as for encoders.
 */

export type ChatCatalogueEntry = {
  id: string;
  name: string;
  sizeBytes: number;
  licence: string;
  url: string;
};

export const chatCatalogue: readonly ChatCatalogueEntry[] = [
  {
    id: 'qwen2.5-0.5b-instruct',
    name: 'Qwen2.5 0.5B Instruct (Q8_0)',
    sizeBytes: 676_000_000,
    licence: 'Apache-2.0',
    url: 'https://huggingface.co/Qwen/Qwen2.5-0.5B-Instruct-GGUF/resolve/main/qwen2.5-0.5b-instruct-q8_0.gguf',
  },
  {
    id: 'qwen2.5-1.5b-instruct',
    name: 'Qwen2.5 1.5B Instruct (Q8_0)',
    sizeBytes: 1_890_000_000,
    licence: 'Apache-2.0',
    url: 'https://huggingface.co/Qwen/Qwen2.5-1.5B-Instruct-GGUF/resolve/main/qwen2.5-1.5b-instruct-q8_0.gguf',
  },
  {
    id: 'qwen3-4b',
    name: 'Qwen3 4B (Q8_0)',
    sizeBytes: 4_280_000_000,
    licence: 'Apache-2.0',
    url: 'https://huggingface.co/Qwen/Qwen3-4B-GGUF/resolve/main/Qwen3-4B-Q8_0.gguf',
  },
];
