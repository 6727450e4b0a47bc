/**
 * The command line as a real process, talking to a running engine over HTTP: exit codes, one JSON object, a clean
 * standard output, and Ctrl-C. The engine is one of pretence, so that every ending can be brought about.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { exitCodes } from '../../../src-main/cli/output/exit-codes.ts';
import { type Host, startHost } from '../../../src-main/host/start-host.ts';
import { fakeAdapter } from '../../support/fake-engine/fake-adaptation.ts';
import type { FakeEngine } from '../../support/fake-engine/fake-engine.ts';
import type { FakeEngineOptions } from '../../support/fake-engine/fake-state.ts';
import { createSmallEngine } from '../../support/fake-engine/small-engine.ts';
import { type CommandOutcome, runLlara, startLlara } from '../../support/run-llara.ts';

let home: string;
let engine: FakeEngine;
let host: Host;

const serve = async (options: FakeEngineOptions = {}) => {
  engine = createSmallEngine({ home, ...options });
  host = await startHost({ router: engine.router, rendererDirectory: null, home });
};
const llara = (...words: string[]) => runLlara(words, { home });
const jsonOf = ({ output }: CommandOutcome) => {
  expect(output.trimEnd().split('\n')).toHaveLength(1);
  return JSON.parse(output);
};

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'llara-cli-'));
});
afterEach(async () => {
  await host.close();
  engine.close();
  rmSync(home, { recursive: true });
});

describe('exit codes', () => {
  test.each<[string, string[], number, RegExp]>([
    [
      'done',
      ['search', 'when does the lease end'],
      exitCodes.success,
      /^There is no encoder: searched by words\.\n$/,
    ],
    ['help', ['--help'], exitCodes.success, /^$/],
    ['version', ['--version'], exitCodes.success, /^$/],
    [
      'failed',
      ['models', 'import', '/tmp/none.gguf'],
      exitCodes.failure,
      /^llara: \/tmp\/none\.gguf is no GGUF file\.\n$/,
    ],
    ['not supported', ['adapt'], exitCodes.failure, /^llara: This build cannot train\.\n$/],
    [
      'unknown folder',
      ['forget', '/nowhere'],
      exitCodes.failure,
      /no folder of the library "default"\. Its folders: none\./,
    ],
    ['no command', [], exitCodes.usage, /Usage: llara/],
    ['unknown command', ['serach', 'x'], exitCodes.usage, /unknown command 'serach'[\s\S]*search/],
    ['unknown option', ['search', 'x', '--fast'], exitCodes.usage, /unknown option '--fast'/],
    ['wrong number', ['search', 'x', '--limit', '0'], exitCodes.usage, /whole number from 1 to 1000/],
    ['wrong mode', ['search', 'x', '--mode', 'best'], exitCodes.usage, /lexical, dense, hybrid/],
    ['a phrase left out first', ['search', '-type:pdf x'], exitCodes.success, /./],
    [
      'a filter turned round among others',
      ['search', 'x', '-path:a', '--limit', '3'],
      exitCodes.success,
      /./,
    ],
    [
      'a name that no library can have',
      ['search', 'x', '--library', 'Privat Ä'],
      exitCodes.usage,
      /letters a to z.*such as "privat-a"\.\n/,
    ],
    [
      'a number without a search',
      ['open', '2', '--print'],
      exitCodes.failure,
      /no search yet that found something/,
    ],
    [
      'a page that is not there',
      ['read', '/documents/lease.pdf', '--page', '9'],
      exitCodes.failure,
      /there is no page 9 to read/,
    ],
    [
      'a file that is not in the library',
      ['read', '/etc/hosts'],
      exitCodes.failure,
      /is not in the library "default"/,
    ],
    [
      'an unknown adapter',
      ['adapters', 'use', 'abc'],
      exitCodes.failure,
      /There is no adapter "abc"\. Known: none\./,
    ],
    ['wrong length of time', ['adapt', '--budget', 'soon'], exitCodes.usage, /90s, 10m or 1h/],
    [
      'a method that is not there',
      ['adapt', '--method', 'both'],
      exitCodes.usage,
      /auto, contrastive, llara, llara\+contrastive/,
    ],
    ['missing argument', ['search'], exitCodes.usage, /missing required argument 'query'/],
    [
      'a document that is not there',
      ['similar', '/nowhere/lease.pdf'],
      exitCodes.failure,
      /\/nowhere\/lease\.pdf is not in the library "default"/,
    ],
    ['nothing resembles it', ['similar', '/documents/lease.pdf'], exitCodes.nothingFound, /^$/],
    ['no such saved search', ['saved', 'show', 'none'], exitCodes.failure, /no saved search "none"/],
    ['nothing found', ['search', 'nothing'], exitCodes.nothingFound, /./],
  ])('%s', async (_name, words, code, messages) => {
    await serve();
    const outcome = await llara(...words);
    expect(outcome.messages).toMatch(messages);
    expect(outcome.code).toBe(code);
  });

  test('a job that fails', async () => {
    await serve({ failWith: 'The disk is full.' });
    const outcome = await llara('index', '--json');
    expect(outcome.code).toBe(exitCodes.failure);
    expect(jsonOf(outcome)).toEqual({ error: { code: 'disk-full', message: 'The disk is full.' } });
  });

  test('the codes are in the help', async () => {
    await serve();
    const { output } = await llara('--help');
    for (const code of Object.values(exitCodes)) expect(output).toMatch(new RegExp(`^ +${code}  `, 'm'));
  });
});

describe('--json', () => {
  test.each([
    [['search', 'x', '--limit', '0', '--json'], /whole number from 1 to 1000/],
    [['search', '--json'], /missing required argument/],
  ])('a command line that is not understood gives one object too: %j', async (words, message) => {
    await serve();
    const outcome = await llara(...words);
    expect(outcome.code).toBe(exitCodes.usage);
    expect(jsonOf(outcome)).toEqual({
      error: { code: 'bad-request', message: expect.stringMatching(message) },
    });
  });

  test('index ends with one object: files, counts per outcome, seconds, chunks', async () => {
    await serve();
    const outcome = await llara('index', 'documents', '--json');
    expect(outcome.messages).toBe('');
    expect(jsonOf(outcome)).toMatchObject({
      library: 'default',
      files: 3,
      outcomes: { indexed: 2, empty: 1, failed: 0 },
      chunks: 4,
      seconds: expect.any(Number),
    });
    // Relative to where the command was given, not to where the engine runs.
    const { folders } = jsonOf(await llara('status', '--json')).libraries[0];
    expect(folders).toMatchObject([{ path: join(process.cwd(), 'documents') }]);
  });

  test('a question is kept, listed, asked and forgotten', async () => {
    await serve();
    expect(jsonOf(await llara('saved', 'add', 'Lease', 'when', 'does', 'it', 'end', '--json'))).toMatchObject(
      {
        name: 'Lease',
        query: 'when does it end',
      },
    );
    expect(jsonOf(await llara('saved', '--json')).saved).toMatchObject([{ name: 'Lease' }]);
    expect((await llara('saved')).output).toBe('Lease  when does it end\n');
    const shown = jsonOf(await llara('saved', 'show', 'lease', '--json'));
    expect(shown).toMatchObject({ query: 'when does it end', groups: [expect.anything()] });
    expect((await llara('saved', 'remove', 'Lease')).output).toBe('Removed: Lease\n');
    expect(jsonOf(await llara('saved', '--json')).saved).toEqual([]);
  });

  test('eval gives what measuring scripts read, and a table to everybody else', async () => {
    await serve();
    const table = await llara('eval', '/collections/fake', '--mode', 'lexical');
    expect(table.output).toMatch(/^collection +mode .*\nfake +lexical /);
    {
      const result = jsonOf(await llara('eval', '/collections/fake', '--mode', 'lexical', '--json'));
      expect(result).toEqual({
        collection: 'fake',
        mode: 'lexical',
        encoder: null,
        adapter: null,
        documents: 3,
        queries: 2,
        ndcg10: 0.5,
        mrr10: 0.5,
        recall100: 1,
        p50_ms: 1,
        p95_ms: 2,
        index_seconds: 0.1,
      });
    }
  });

  test.each<[string, string[], object]>([
    ['search', ['search', 'lease'], { query: 'lease', mode: 'lexical', groups: [{ hits: [{ page: 2 }] }] }],
    ['status', ['status'], { engine: 'running', libraries: [{ name: 'default' }] }],
    ['models', ['models'], { models: [] }],
    ['devices', ['devices'], { devices: [{ name: 'cpu' }, { name: 'vulkan0' }], packs: [{ name: 'cuda' }] }],
    ['adapters', ['adapters'], { library: 'default', adapters: [] }],
    ['adapters use', ['adapters', 'use', 'none'], { library: 'default', adapter: null }],
    ['serve beside a running engine', ['serve'], { alreadyRunning: true }],
    ['a failure', ['adapt'], { error: { code: 'not-supported', message: 'This build cannot train.' } }],
  ])('%s', async (_name, words, expected) => {
    await serve();
    expect(jsonOf(await llara(...words, '--json'))).toMatchObject(expected);
  });
});

describe('an adapter is named by the beginning of its id', () => {
  const beginAlike = ['4f2a9c10', '4f77bb21', '90e1d2c3'];
  test.each<[string, string, string | null, RegExp]>([
    ['as much as tells it apart', '4f2', '4f2a9c10', /^Adapter 4f2a9c10 is in use\.\n$/],
    ['the whole of it', '90e1d2c3', '90e1d2c3', /^Adapter 90e1d2c3 is in use\.\n$/],
    [
      'as much as two share',
      '4f',
      null,
      /"4f" is more than one adapter\. Known: 4f2a9c10, 4f77bb21, 90e1d2c3/,
    ],
    ['what none begins with', '2a9', null, /There is no adapter "2a9"/],
  ])('%s', async (_name, typed, meant, words) => {
    await serve();
    engine.state.adapters = beginAlike.map((id) => fakeAdapter(id, 'available', 0.04));
    const { code, output, messages } = await llara('adapters', 'use', typed);
    expect(meant ? output : messages).toMatch(words);
    expect(code).toBe(meant ? exitCodes.success : exitCodes.failure);
    const adopted = engine.calls.filter(({ name }) => name === 'adaptation.adopt');
    expect(adopted.map(({ input }) => (input as { adapterId: string }).adapterId)).toEqual(
      meant ? [meant] : [],
    );
  });
});

describe('an answer that is not certain', () => {
  const serveDoubtful = async () => {
    await serve();
    const certainAnswer = engine.state.answer!;
    engine.state.answer = (query) => {
      const { groups, ...rest } = certainAnswer(query);
      const doubtful = groups.map((group) => ({ ...group, certain: false }));
      return { ...rest, groups: doubtful, confidence: 0.1, confident: false };
    };
  };

  test('is shown below a line that says so', async () => {
    await serveDoubtful();
    const { code, output } = await llara('search', 'lease');
    expect(output).toMatch(/^── nothing certain ──\n\n1\. Lease /);
    expect(code).toBe(exitCodes.success);
  });

  test.each([
    ['rows', ['--format', 'ndjson'], /^$/],
    ['text', [], /^Nothing found in [^\n]+\n$/],
    ['one object', ['--json'], /"groups":\[\]/],
  ])(
    'is left out of %s with --confident, and the code says that nothing was found',
    async (_, words, shown) => {
      await serveDoubtful();
      const { code, output } = await llara('search', 'lease', '--confident', ...words);
      expect(output).toMatch(shown);
      expect(output).not.toContain('lease.pdf');
      expect(code).toBe(exitCodes.nothingFound);
    },
  );
});

test('status says how far words and meaning are', async () => {
  await serve();
  const { library } = engine.state;
  const counts = { ...library.counts, indexed: 1586, pending: 14 };
  const meaning = { passages: 1600, embedded: 559 };
  engine.state.library = { ...library, counts, chunkCount: 1600, meaning };
  expect((await llara('status')).output).toContain('\n  words 1 586 of 1 600, meaning 34 %\n');
  expect(jsonOf(await llara('status', '--json')).libraries).toMatchObject([{ counts, meaning }]);
});

describe('for a person', () => {
  test('search shows document, page, heading and passage; --explain shows why', async () => {
    await serve();
    const { output } = await llara('search', 'lease', '--explain');
    expect(output).toBe(
      [
        '1. Lease  /documents/lease.pdf',
        '   page 2 · Terms',
        '   The lease ends in May.',
        '   fused 0.5000 · words 3.200 (rank 1) · meaning – · matched: lease',
        '',
        '1 document in 5 ms (lexical).',
        'parse 1.0 ms · encode 0.0 ms · words 2.0 ms · meaning 0.0 ms · fuse 1.0 ms · present 1.0 ms',
        '',
      ].join('\n'),
    );
  });

  test('index sums up in one line and draws nothing into a pipe', async () => {
    await serve();
    const { output, messages } = await llara('index');
    expect(output).toMatch(/^3 files in \d+\.\d s: 2 indexed, 1 empty; 4 passages\.\n$/);
    expect(messages).toBe('');
  });
});

describe('Ctrl-C', () => {
  const startLongIndex = async (...words: string[]) => {
    await serve({ files: 1000, stepMs: 20 });
    const command = startLlara(['index', ...words], { home });
    await vi.waitFor(() => expect(engine.state.jobs[0]?.progress.done).toBeGreaterThan(3), {
      timeout: 60_000,
    });
    return command;
  };

  test.each<[string, NodeJS.Signals, number]>([
    ['interrupting', 'SIGINT', exitCodes.interrupted],
    ['terminating', 'SIGTERM', exitCodes.terminated],
  ])('%s cancels the job, waits for its end and says so', async (_name, signal, code) => {
    const { child, ended } = await startLongIndex('--json');
    child.kill(signal);
    const outcome = await ended;
    expect([outcome.code, outcome.signal]).toEqual([code, null]);
    expect(jsonOf(outcome)).toMatchObject({ error: { code: 'cancelled' } });
    expect(engine.state.jobs[0]?.state).toBe('cancelled');
  });

  test('a second one does not wait', async () => {
    await serve({ files: 1, stepMs: 60_000 });
    const { child, ended, messages } = startLlara(['index'], { home });
    await vi.waitFor(() => expect(engine.state.jobs).toHaveLength(1), { timeout: 60_000 });
    child.kill('SIGINT');
    await vi.waitFor(() => expect(messages()).toContain('Stopping.'), { timeout: 60_000 });
    child.kill('SIGINT');
    expect((await ended).code).toBe(exitCodes.interrupted);
    expect(engine.state.jobs[0]?.state).toBe('running');
  });
});

test('an engine that dies in mid-job is named as the reason', async () => {
  await serve({ files: 1000, stepMs: 20 });
  const { ended } = startLlara(['index', '--json'], { home });
  await vi.waitFor(() => expect(engine.state.jobs[0]?.progress.done).toBeGreaterThan(3), { timeout: 60_000 });
  await host.close();
  const outcome = await ended;
  expect(outcome.code).toBe(exitCodes.failure);
  expect(jsonOf(outcome)).toMatchObject({ error: { code: 'engine-gone' } });
});

describe('one question after another', () => {
  test('open and read know what was found', async () => {
    await serve();
    await llara('search', 'lease');
    expect((await llara('open', '1', '--print')).output).toBe('/documents/lease.pdf\n');
    expect((await llara('open', '2', '--print')).messages).toMatch(
      /found one document; there is no number 2/,
    );
    expect((await llara('open', '1')).messages).toMatch(/lease\.pdf is not there any more/);
    expect((await llara('read', '/documents/lease.pdf')).output).toBe('The lease ends in May.\n');
    expect(jsonOf(await llara('read', 'llara://open?library=default&document=d1', '--json'))).toMatchObject({
      page: null,
      text: 'The lease ends in May.',
    });
  });

  test('questions from standard input are answered in their order', async () => {
    await serve();
    const ask = async (...words: string[]) => {
      const command = startLlara(['search', '-', ...words], { home, input: 'lease\n\nnothing\n' });
      return await command.ended;
    };
    const rows = (await ask('--format', 'ndjson')).output.trim().split('\n');
    expect(rows.map((row) => JSON.parse(row))).toMatchObject([{ query: 'lease', rank: 1, page: 2 }]);
    expect(jsonOf(await ask('--json'))).toMatchObject({
      answers: [{ query: 'lease' }, { query: 'nothing', groups: [] }],
    });
  });
});

test('asking for the status makes no data folder', async () => {
  await serve();
  const absent = join(home, 'absent');
  const { code, output } = await runLlara(['status'], { home: absent });
  expect(code).toBe(0);
  expect(output).toContain('not made yet');
  expect(existsSync(absent)).toBe(false);
});
