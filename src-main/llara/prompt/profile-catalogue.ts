/**
 * Prompts of widely used embedding models, whose GGUF files do not carry them. Prefixes are those of the models' own cards; a model
 * that is not listed is embedded without any.
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

export function catalogueProfile(modelName: string, path: string): CatalogueProfile {
  const text = `${modelName} ${basename(path)}`.toLowerCase().replace(/[ _]/g, '-');
  return profiles.find(({ name }) => name.test(text)) ?? { passagePrefix: '', queryPrefix: '' };
}
