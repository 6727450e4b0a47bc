/**
 * Prompts of widely used embedding models, whose GGUF files do not carry them, as on the models' own cards; and those that a plain language
 * model gets, which was never taught to embed anything.
 */
import { basename } from 'node:path';
import type { Pooling } from './pooling.ts';

export type CatalogueProfile = { passagePrefix: string; queryPrefix: string; pooling?: Pooling };

const bgeQuery = 'Represent this sentence for searching relevant passages: ';
const instruct =
  'Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:';

const profiles: readonly (CatalogueProfile & { name: RegExp })[] = [
  { name: /multilingual-e5.*instruct/, passagePrefix: '', queryPrefix: `${instruct} ` },
  { name: /\be5[-_]/, passagePrefix: 'passage: ', queryPrefix: 'query: ' },
  { name: /bge-m3/, passagePrefix: '', queryPrefix: '' },
  { name: /bge-.*en|mxbai-embed|arctic-embed/, passagePrefix: '', queryPrefix: bgeQuery },
  {
    name: /nomic-embed|modernbert-embed/,
    passagePrefix: 'search_document: ',
    queryPrefix: 'search_query: ',
  },
  { name: /qwen3-embedding/, passagePrefix: '', queryPrefix: instruct, pooling: { kind: 'last', count: 1 } },
  {
    name: /embeddinggemma/,
    passagePrefix: 'title: none | text: ',
    queryPrefix: 'task: search result | query: ',
  },
];

/** Null for a model that is not listed. */
export function catalogueProfile(modelName: string, path: string): CatalogueProfile | null {
  const text = comparable(modelName, path);
  return profiles.find(({ name }) => name.test(text)) ?? null;
}

/** Whether a model's name says that it embeds texts, listed or not. */
export function isNamedEmbedder(modelName: string, path: string): boolean {
  return /embed|retriev|rerank|\b(e5|gte|bge|gtr|sfr)\b/.test(comparable(modelName, path));
}

/**
 * LLaRA's prompts in words (arXiv 2312.15503; the released checkpoints have eight added tokens after them, which a person's file has not). What
 * is pooled are the last eight tokens of the words themselves.
 */
export const languageModelPrompts = {
  prefix: '"',
  self: '", summarize the above passage within eight words:',
  next: '", predict the following passage within eight words:',
  pooledTokens: 8,
} as const;

const comparable = (modelName: string, path: string): string =>
  `${modelName} ${basename(path)}`.toLowerCase().replace(/[ _]/g, '-');
