/** What is left of a person's judgements for training: one for each question and passage, and the last word counts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Feedback } from '../../../../src-main/contract/search.ts';
import {
  closeLibraryDatabase,
  openLibraryDatabase,
} from '../../../../src-main/library/manifest/library-database.ts';
import { SearchMemory } from '../../../../src-main/library/manifest/search-memory.ts';

let directory: string;
let close: () => void;
let memory: SearchMemory;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'llara-memory-'));
  const database = openLibraryDatabase(directory);
  close = () => closeLibraryDatabase(database, directory);
  memory = new SearchMemory(database);
});
afterEach(() => {
  close();
  rmSync(directory, { recursive: true, force: true });
});

type Verdict = Feedback['verdict'];

it.each<[string, Verdict[], Verdict[]]>([
  ['opening trains', ['opened'], ['opened']],
  ['opening twice is one pair', ['opened', 'opened'], ['opened']],
  ['“not helpful” takes back the opening before it', ['opened', 'not-helpful'], ['not-helpful']],
  ['opening again does not take back “not helpful”', ['not-helpful', 'opened'], ['not-helpful']],
  ['a changed mind counts', ['not-helpful', 'helpful'], ['helpful']],
  ['a mind changed the other way counts too', ['helpful', 'opened', 'not-helpful'], ['not-helpful']],
])('%s', (_, given, left) => {
  for (const verdict of given) {
    memory.addFeedback(
      { library: 'default', query: 'ferry', chunkId: 'a:0', verdict },
      'It leaves at seven.',
    );
  }
  expect(memory.feedback()).toEqual(
    left.map((verdict) => ({ query: 'ferry', documentId: 'a', passage: 'It leaves at seven.', verdict })),
  );
});

it('tells questions and passages apart, but no white space round a question', () => {
  const add = (query: string, chunkId: string, passage: string, verdict: Verdict) =>
    memory.addFeedback({ library: 'default', query, chunkId, verdict }, passage);
  add('ferry', 'a:0', 'At seven.', 'opened');
  add('ferry', 'a:1', 'At eight.', 'opened');
  add('boat', 'a:0', 'At seven.', 'opened');
  // The passage has moved within its document meanwhile.
  add('ferry ', 'a:5', 'At seven.', 'not-helpful');
  expect(memory.feedback().map(({ query, passage, verdict }) => [query, passage, verdict])).toEqual([
    ['ferry', 'At seven.', 'not-helpful'],
    ['ferry', 'At eight.', 'opened'],
    ['boat', 'At seven.', 'opened'],
  ]);
});
