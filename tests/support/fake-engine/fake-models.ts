/** Encoders and devices of the fake engine: one in use, one to download, one that is broken; one device that failed its probe. */
import type { Device, DevicePack, Model } from '../../../src-main/contract/models.ts';

export function fakeModels(): Model[] {
  const shared = {
    kind: 'encoder' as const,
    questionMs: null,
    contextLength: 512,
    url: null,
    sha256: null,
    unusable: null,
    isLanguageModel: false,
    languages: ['English'],
    cost: null,
  };
  return [
    {
      ...shared,
      id: 'mini',
      name: 'llara-mini',
      path: '/app/models/llara-mini.gguf',
      source: 'bundled',
      architecture: 'llama',
      dimension: 384,
      sizeBytes: 31_000_000,
      licence: 'MIT',
      active: true,
    },
    {
      ...shared,
      id: 'nomic',
      name: 'nomic-embed-text-v1.5',
      path: null,
      source: 'catalogue',
      architecture: 'nomic-bert',
      dimension: 768,
      contextLength: 2048,
      sizeBytes: 146_000_000,
      licence: 'Apache-2.0',
      url: 'https://huggingface.co/nomic-ai/nomic-embed-text-v1.5-GGUF',
      cost: { passagesPerSecond: 2.5, memoryBytes: 146_000_000 },
      active: false,
    },
    {
      ...shared,
      id: 'old',
      name: 'broken-model',
      path: '/models/broken.gguf',
      source: 'imported',
      architecture: null,
      dimension: null,
      contextLength: null,
      sizeBytes: 12_000,
      licence: null,
      languages: [],
      active: false,
      unusable: 'The file ends in the middle of a tensor; import it again.',
    },
    {
      ...shared,
      kind: 'reranker',
      id: 'bge-reranker',
      name: 'bge-reranker-base',
      path: '/models/bge-reranker-base.gguf',
      source: 'imported',
      architecture: 'bert',
      dimension: null,
      sizeBytes: 290_000_000,
      licence: 'MIT',
      active: false,
    },
  ];
}

export function fakeDevices(): Device[] {
  return [
    {
      name: 'cpu',
      description: 'AMD EPYC, 2 threads',
      backend: 'cpu',
      memoryBytes: 24_000_000_000,
      usable: true,
      probe: 'The reference for all other devices.',
      chunksPerSecond: 46,
      active: true,
    },
    {
      name: 'vulkan0',
      description: 'Radeon 780M',
      backend: 'vulkan',
      memoryBytes: 4_000_000_000,
      usable: false,
      probe: 'Its vectors differ from the CPU’s (cosine 0.91), so it is not used.',
      chunksPerSecond: null,
      active: false,
    },
  ];
}

export function fakeCudaPack(): DevicePack {
  return { name: 'cuda', version: '3.22.1', state: 'absent', sizeBytes: 319_562_149, hasDriver: false };
}
