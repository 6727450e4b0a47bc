/**
 * A library that the product wrote before passages had a table of their own opens in this one and answers as it did. The fixture holds its
 * folder and its answers, both made by that version; its documents are not there any more.
 */

import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type SearchMode, searchRequestSchema } from '../../../src-main/contract/search.ts';
import { lostDocuments } from '../../../src-main/engine/documents/lost-documents.ts';
import { LibrarySession } from '../../../src-main/engine/library-session.ts';
import { TestEngine } from '../../support/test-engine.ts';

type Asked = {
  query: string;
  mode: SearchMode;
  answer: { document: string; hits: { text: string; headingPath: string[]; score: number }[] }[];
};

const fixture = join(import.meta.dirname, '../../fixtures/library-of-version-one');
const asked: Asked[] = JSON.parse(readFileSync(join(fixture, 'answers.json'), 'utf8'), (key, value) =>
  key === 'score' ? Number(value.toFixed(2)) : value,
);
let test: TestEngine;

beforeEach(async () => {
  test = new TestEngine();
  mkdirSync(test.home, { recursive: true });
  cpSync(join(fixture, 'home'), test.home, { recursive: true });
  await test.makeModel();
});

afterEach(async () => await test.close());

const session = (): LibrarySession => test.engine.libraries.get('default');
const earlierFolder = () => join(test.home, 'libraries', 'default', 'vectors');

const answers = () => answersOf(session());

async function answersOf(library: LibrarySession): Promise<Asked[]> {
  const given: Asked[] = [];
  for (const { query, mode } of asked) {
    const { groups } = await library.search(searchRequestSchema.parse({ query, mode }));
    const answer = groups.map((group) => ({
      document: group.document.relativePath,
      hits: group.hits.map(({ text, headingPath, score }) => ({
        text,
        headingPath,
        // The present layout keeps vectors in half precision.
        score: Number(score.fused.toFixed(2)),
      })),
    }));
    given.push({ query, mode, answer });
  }
  return given;
}

/** Scores and order follow the present rules of ranking; which documents answer must not change by the move. */
const documentsOf = (answers: readonly { query: string; mode: string; answer: { document: string }[] }[]) =>
  answers.map(({ query, mode, answer }) => ({
    query,
    mode,
    documents: answer.map(({ document }) => document).sort(),
  }));

const finishJobs = () => Promise.all(test.engine.jobs.list().map(({ id }) => test.engine.jobs.wait(id)));

it('answers the same while it is moved and afterwards, without a document being read or embedded again', async () => {
  await test.open();
  expect(session().vectors.isOfEarlierLayout).toBe(true);
  expect(documentsOf(await answers())).toEqual(documentsOf(asked));
  const job = (await finishJobs()).at(-1);
  expect(job).toMatchObject({ kind: 'index', state: 'completed', result: { read: 0, removed: 0 } });
  expect(session().vectors.isOfEarlierLayout).toBe(false);
  expect(documentsOf(await answers())).toEqual(documentsOf(asked));
  const { meaning, vectorSets } = session().describe();
  expect(meaning.embedded).toBe(meaning.passages);
  expect(vectorSets.map(({ dimension, state }) => [dimension, state])).toEqual([[64, 'active']]);
  expect(existsSync(earlierFolder())).toBe(false);
  await test.reopen();
  expect(test.engine.jobs.list().filter(({ state }) => state === 'queued' || state === 'running')).toEqual(
    [],
  );
  expect(documentsOf(await answers())).toEqual(documentsOf(asked));
});

it('goes on from where it was killed', async () => {
  await test.open();
  const { encoders, extraction } = test.engine;
  const directory = join(test.home, 'libraries', 'other');
  cpSync(join(fixture, 'home', 'libraries', 'default'), directory, { recursive: true });
  let steps = 0;
  for (let isMoved = false; !isMoved; steps += 1) {
    const other = await LibrarySession.open({
      name: 'other',
      directory,
      encoders,
      extraction,
      onChange: () => {},
    });
    let calls = 0;
    const onProgress = async () => {
      calls += 1;
      if (calls > steps) throw new Error('killed');
    };
    isMoved = await other.vectors.migrate({ isKnown: () => true, onProgress }).then(
      () => true,
      () => false,
    );
    expect(existsSync(join(directory, 'vectors'))).toBe(!isMoved);
    expect(documentsOf(await answersOf(other))).toEqual(documentsOf(asked));
    expect(lostDocuments(other)).toEqual([]);
    await other.close();
  }
  expect(steps).toBeGreaterThan(3);
});
