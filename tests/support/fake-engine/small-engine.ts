/**
 * The fake engine with one document and no encoder, small enough to write down all that a command prints of it. What it cannot
 * do it refuses as an engine does.
 */
import type { Document } from '../../../src-main/contract/libraries.ts';
import type { SearchResponse } from '../../../src-main/contract/search.ts';
import { createFakeEngine, type FakeEngine } from './fake-engine.ts';
import { emptyLibrary, type FakeEngineOptions } from './fake-state.ts';

const text = 'The lease ends in May.';

const lease: Document = {
  id: 'd1',
  folderId: 'f1',
  path: '/documents/lease.pdf',
  relativePath: 'lease.pdf',
  title: 'Lease',
  kind: 'pdf',
  sizeBytes: 1000,
  modifiedAt: 0,
  state: 'indexed',
  reason: null,
  pageCount: 3,
  chunkCount: 4,
};

export function createSmallEngine(options: FakeEngineOptions = {}): FakeEngine {
  const engine = createFakeEngine({ files: 3, stepMs: 5, empty: true, ...options });
  const { state, failures } = engine;
  const noEncoder = 'There is no encoder.';
  const counts = { ...emptyLibrary('default').counts, indexed: 2, empty: 1 };
  state.read = { counts, chunkCount: 4 };
  state.library = { ...emptyLibrary('default'), ...state.read, encoder: null, wordsOnlyReason: noEncoder };
  state.models = [];
  state.adapters = [];
  const content = { document: lease, changedAt: null, text, pages: [], headings: [] };
  state.documents.splice(0, Number.POSITIVE_INFINITY, {
    content,
    bytes: Buffer.from('%PDF-1.7'),
    passages: [],
  });
  state.answer = answer;
  failures.set('models.import', { code: 'model-invalid', message: '/tmp/none.gguf is no GGUF file.' });
  failures.set('adaptation.plan', { code: 'not-supported', message: 'This build cannot train.' });
  return engine;
}

function answer(query: string): SearchResponse {
  const hit = {
    chunkId: 'c1',
    text,
    snippet: text,
    highlights: [{ start: 4, end: 9 }],
    sentence: { start: 0, end: 22 },
    matchedWords: ['lease'],
    headingPath: ['Terms'],
    page: 2,
    range: { start: 0, end: 22 },
    score: { fused: 0.5, lexical: 3.2, lexicalRank: 1, dense: null, denseRank: null },
  };
  return {
    mode: 'lexical',
    groups: query.includes('nothing') ? [] : [{ document: lease, score: 0.5, hits: [hit] }],
    notices: ['There is no encoder: searched by words.'],
    timing: {
      parseMs: 1,
      encodeMs: 0,
      lexicalMs: 2,
      denseMs: 0,
      fuseMs: 1,
      rerankMs: 0,
      presentMs: 1,
      totalMs: 5,
    },
  };
}
