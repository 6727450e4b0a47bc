/** Vectors come after words: in the order that serves a person best, and with nothing lost where they are interrupted. */
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readAgain } from '../../../src-main/engine/folders/read-again.ts';
import { embedPassages } from '../../../src-main/engine/indexing/embed-passages.ts';
import { indexLibrary } from '../../../src-main/engine/indexing/index-library.ts';
import { JobControl } from '../../../src-main/engine/jobs/job-control.ts';
import type { TextEncoder } from '../../../src-main/llara/encode/text-encoder.ts';
import { TestEngine } from '../../support/test-engine.ts';

const days = { oldest: '2001-01-01', middle: '2010-01-01', newest: '2020-01-01' };
const dimension = 64;
let test: TestEngine;
let folder: string;

beforeEach(async () => {
  test = new TestEngine();
  folder = test.path('documents');
  mkdirSync(folder, { recursive: true });
  await test.makeModel();
  await test.open();
  for (const [name, day] of Object.entries(days)) write(name, day, `What the ${name} document says.`);
  await test.index(folder);
});

afterEach(async () => await test.close());

function write(name: string, day: string, text: string): void {
  writeFileSync(join(folder, `${name}.txt`), text);
  utimesSync(join(folder, `${name}.txt`), new Date(day), new Date(day));
}

const session = () => test.engine.libraries.get('default');
const control = (onPhase: (phase: string) => void = () => {}) =>
  new JobControl({ onProgress: ({ phase }) => onPhase(phase), onLog: () => {} });
const openSet = () => session().vectors.store.openSet('trial', dimension);

/** Notes which documents it is asked for, in their order. */
function notingEncoder(asked: string[], onCall: () => void | Promise<void> = () => {}): TextEncoder {
  const real = session().vectors.encoder!;
  return {
    info: { ...real.info, name: 'noting' },
    dimension,
    maxTextTokens: 100,
    device: 'none',
    countTokens: (texts) => texts.map(() => 1),
    dispose: async () => {},
    encode: async () => [],
    makesWindows: false,
    encodePassages: async (texts) => {
      await onCall();
      asked.push(...texts.map((text) => /oldest|middle|newest|fresh/.exec(text)![0]));
      const vector = new Float32Array(dimension).fill(1 / Math.sqrt(dimension));
      return texts.map(() => ({ vector, windows: [] }));
    },
  };
}

it('embeds what was changed or opened last first', async () => {
  const asked: string[] = [];
  await embedPassages(session(), { set: await openSet(), encoder: notingEncoder(asked) }, control());
  expect(asked).toEqual(['newest', 'middle', 'oldest']);

  const document = session().documents.list({ offset: 0, limit: 9, pathContains: 'oldest' }).documents[0]!;
  const feedback = {
    library: 'default',
    query: 'q',
    chunkId: `${document.id}:0`,
    verdict: 'opened' as const,
  };
  session().memory.addFeedback(feedback, 'What the oldest document says.');
  await session().vectors.store.dropSet('trial');
  asked.length = 0;
  await embedPassages(session(), { set: await openSet(), encoder: notingEncoder(asked) }, control());
  expect(asked).toEqual(['oldest', 'newest', 'middle']);
});

it('gives vectors of their parts to passages that an earlier version embedded, which answer meanwhile', async () => {
  const asked: string[] = [];
  const set = await openSet();
  await embedPassages(session(), { set, encoder: notingEncoder(asked) }, control());
  expect((await set.documentsWithoutWindows()).length).toBe(3);
  asked.length = 0;
  const embedded: number[] = [];
  const encoder = {
    ...notingEncoder(asked, () => void embedded.push(set.embeddedCount)),
    makesWindows: true,
  };
  expect(await embedPassages(session(), { set, encoder }, control())).toBe(true);
  expect(asked).toEqual(['newest', 'middle', 'oldest']);
  expect([...new Set(embedded), set.embeddedCount]).toEqual([3, 3]);
  expect(await set.documentsWithoutWindows()).toEqual([]);
  asked.length = 0;
  await embedPassages(session(), { set, encoder }, control());
  expect(asked).toEqual([]);
});

it('stops where something more urgent waits, and goes on later with what is left', async () => {
  const set = await openSet();
  const options = { set, encoder: notingEncoder([]) };
  expect(await embedPassages(session(), { ...options, isAskedToYield: () => true }, control())).toBe(false);
  expect(set.isPartlyEmbedded).toBe(true);
  expect(await embedPassages(session(), options, control())).toBe(true);
  expect([set.embeddedCount, set.isPartlyEmbedded]).toEqual([3, false]);
});

it('waits while it is paused, and ends where it is cancelled', async () => {
  const pausing = control();
  const asked: string[] = [];
  pausing.pause();
  const set = await openSet();
  const work = embedPassages(session(), { set, encoder: notingEncoder(asked) }, pausing);
  await session().search({
    library: 'default',
    query: 'what',
    mode: 'lexical',
    limit: 3,
    passagesPerDocument: 1,
  });
  expect(asked).toEqual([]);
  pausing.cancel(new Error('enough'));
  await expect(work).rejects.toThrow('enough');
  expect([asked, set.embeddedCount]).toEqual([[], 0]);
});

it('reads a file that came meanwhile before it makes more vectors', async () => {
  const phases: string[] = [];
  for (const document of session().documents.withState('indexed')) readAgain(session(), document.id);
  let asks = 0;
  const isAskedAgain = () => {
    asks += 1;
    if (asks === 1) write('fresh', '2021-01-01', 'What the fresh document says.');
    return asks === 1;
  };
  const settings = test.engine.readSettings();
  const result = await indexLibrary(
    session(),
    settings,
    control((phase) => phases.at(-1) !== phase && phases.push(phase)),
    isAskedAgain,
  );
  expect(result).toMatchObject({ files: 4, added: 1, read: 4, chunks: 4 });
  expect(phases.filter((phase) => phase === 'reading' || phase === 'embedding')).toEqual([
    'reading',
    'reading',
    'embedding',
  ]);
  expect(session().describe().meaning).toEqual({ passages: 4, embedded: 4 });
});
