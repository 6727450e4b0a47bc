/** Vectors come after words: in the order that serves a person best, and with nothing lost where they are interrupted. */
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readAgain } from '../../../src-main/engine/folders/read-again.ts';
import { embedPassages } from '../../../src-main/engine/indexing/embed-passages.ts';
import { indexLibrary } from '../../../src-main/engine/indexing/index-library.ts';
import { JobControl } from '../../../src-main/engine/jobs/job-control.ts';
import { switchRequest } from '../../../src-main/engine/jobs/kinds/switch-job.ts';
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
  await embedPassages(session(), { set, encoder }, control());
  expect(asked).toEqual(['newest', 'middle', 'oldest']);
  expect([...new Set(embedded), set.embeddedCount]).toEqual([3, 3]);
  expect(await set.documentsWithoutWindows()).toEqual([]);
  asked.length = 0;
  await embedPassages(session(), { set, encoder }, control());
  expect(asked).toEqual([]);
});

it('goes on with what matters most by then, where files were read meanwhile, and gives each document vectors once', async () => {
  const asked: string[] = [];
  const set = await openSet();
  let looks = 0;
  const lookAgain = async () => {
    looks += 1;
    // As if it changed incessantly.
    const changing = set.documentsToEmbed().length < 3 || looks > 1;
    if (changing) await set.dropStaleVectors();
    return changing;
  };
  await embedPassages(session(), { set, encoder: notingEncoder(asked), lookAgain }, control());
  expect(asked).toEqual(['newest', 'middle', 'oldest']);
  expect([set.embeddedCount, set.isPartlyEmbedded]).toEqual([3, false]);
  expect(looks).toBeGreaterThan(1);
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

it('reads files that come while vectors are made, each time that it is asked for', async () => {
  const phases: string[] = [];
  for (const document of session().documents.withState('indexed')) readAgain(session(), document.id);
  const found: number[] = [];
  let asks = 0;
  const isAskedAgain = () => {
    asks += 1;
    found.push(session().documents.counts().indexed);
    if (asks <= 2) write(`fresh ${asks}`, '2021-01-01', `What the fresh document ${asks} says.`);
    return asks <= 2;
  };
  const result = await indexLibrary(
    session(),
    test.engine.readSettings(),
    control((phase) => phases.at(-1) !== phase && phases.push(phase)),
    { isAskedAgain },
  );
  expect(result).toMatchObject({ files: 5, added: 2, read: 5, chunks: 5 });
  expect(found.slice(0, 3)).toEqual([3, 4, 5]);
  expect(phases.filter((phase) => phase === 'reading' || phase === 'embedding')).toEqual([
    'reading',
    'reading',
    'embedding',
    'reading',
    'embedding',
  ]);
  expect(session().describe().meaning).toEqual({ passages: 5, embedded: 5 });
});

it('reads a file that comes while vectors are made for another encoder', async () => {
  const { background, encoders, jobs, models } = test.engine;
  await test.makeModel('other.gguf', { layerCount: 1 });
  const other = (await models.list(new Set())).find(
    ({ id, path }) => path && id !== session().vectors.encoder!.info.id,
  )!;
  const encoder = await encoders.get(other.id, null);
  const encodePassages = encoder.encodePassages.bind(encoder);
  let asked: string | null = null;
  vi.spyOn(encoder, 'encodePassages').mockImplementation(async (...given) => {
    if (asked === null) {
      write('fresh', '2021-01-01', 'What the fresh document says.');
      asked = background.index('default', 'words');
    }
    return await encodePassages(...given);
  });
  const params = { library: 'default', modelId: other.id, adapterId: null };
  const switched = await jobs.wait(jobs.submit(switchRequest(params, 'Switch')).id);
  expect(switched.state).toBe('completed');
  expect(session().describe().meaning).toEqual({ passages: 4, embedded: 4 });
  expect((await jobs.wait(asked!)).result).toMatchObject({ files: 4, read: 0 });
});
