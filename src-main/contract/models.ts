/** Encoders and rerankers that can be used, and the devices they can run on. */
import { z } from 'zod';

/** What a model would cost on this machine, reckoned from its shape and the pace of an encoder in use: true to a factor of two. */
export const modelCostSchema = z.object({
  /** Of 200 tokens, while nothing else computes. */
  passagesPerSecond: z.number(),
  /** Of its weights, which are held as the file has them. */
  memoryBytes: z.number(),
});
export type ModelCost = z.infer<typeof modelCostSchema>;

export const modelSchema = z.object({
  /** Content hash of the GGUF file (SHA-256, hex, first 16 digits), or the catalogue's id while not downloaded. */
  id: z.string(),
  /** A reranker makes no vectors: it reads the first passages of a search once more, together with the question. */
  kind: z.enum(['encoder', 'reranker']),
  name: z.string(),
  path: z.string().nullable(),
  source: z.enum(['bundled', 'imported', 'catalogue']),
  architecture: z.string().nullable(),
  dimension: z.number().nullable(),
  contextLength: z.number().nullable(),
  sizeBytes: z.number(),
  licence: z.string().nullable(),
  languages: z.array(z.string()),
  url: z.string().nullable(),
  sha256: z.string().nullable(),
  /** Some library asks its questions with it; of a reranker, the settings name it. */
  active: z.boolean(),
  /** Why the model cannot be used, else null. */
  unusable: z.string().nullable(),
  /** A language model that nobody has made an encoder of: it finds little by meaning until it has learnt a library. */
  isLanguageModel: z.boolean(),
  /** Null where its shape is not known, llama.cpp computes it, or no encoder is in use whose pace could be measured. */
  cost: modelCostSchema.nullable(),
  /** Of a reranker: what the last question took here, in milliseconds, loading left out; null before the first, and for encoders. */
  questionMs: z.number().nullable(),
});
export type Model = z.infer<typeof modelSchema>;

export const deviceSchema = z.object({
  name: z.string(),
  description: z.string(),
  backend: z.enum(['cpu', 'cuda', 'metal', 'vulkan']),
  memoryBytes: z.number().nullable(),
  usable: z.boolean(),
  /** The probe's verdict in words: agreement with the CPU's vectors, or why the device is not used. */
  probe: z.string().nullable(),
  chunksPerSecond: z.number().nullable(),
  active: z.boolean(),
});
export type Device = z.infer<typeof deviceSchema>;

/** Libraries for a kind of device that do not come with the installers, and that a person can fetch. */
export const devicePackSchema = z.object({
  name: z.enum(['cuda']),
  /** Of the packages that it consists of. */
  version: z.string(),
  /** `along`: npm has installed it with the product, so there is nothing to fetch. `outdated`: fetched for an earlier version, and not used. */
  state: z.enum(['absent', 'installed', 'outdated', 'along']),
  /** Of the download while it is absent or outdated, null where that is not known; else what it takes on the disk. */
  sizeBytes: z.number().nullable(),
  /** Whether this machine has a driver that it could be of use with. */
  hasDriver: z.boolean(),
});
export type DevicePack = z.infer<typeof devicePackSchema>;
