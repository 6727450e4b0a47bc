/**
 * The command line with the real engine on real files, as real processes: the main job, an engine that is shared,
 * killed or hung, an interrupted run that goes on, and the app without a window.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { exitCodes } from '../../../src-main/cli/output/exit-codes.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../../native/models/make-tiny-llama.ts';
import {
  type CommandOutcome,
  type RunningCommand,
  runLlara,
  runScript,
  startLlara,
  startScript,
} from '../../support/run-llara.ts';

const sampleLibrary = fileURLToPath(new URL('../../../resources/sample-library', import.meta.url));

// What an encoder makes of the documents is not what is asked here, but for the demo.
const modelFolder = mkdtempSync(join(tmpdir(), 'llara-cli-model-'));
const environment = { LLARA_MODEL: join(modelFolder, 'tiny.gguf') };
let folder: string;
let home: string;
let documents: string;
const running: RunningCommand[] = [];

beforeAll(async () => {
  await makeTinyLlama(await NativeRuntime.create(), environment.LLARA_MODEL, { layerCount: 1 });
});
afterAll(() => rmSync(modelFolder, { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llara-cli-'));
  home = join(folder, 'home');
  documents = join(folder, 'documents');
  mkdirSync(documents);
  writeFileSync(join(documents, 'lease.md'), '# Lease\n\nThe lease of the workshop ends on 31 May.\n');
  writeFileSync(join(documents, 'cake.txt'), 'Plum cake needs an oven at 180 degrees.\n');
  writeFileSync(join(documents, 'empty.txt'), '');
});
afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

const llara = (...words: string[]) => runLlara(words, { home, environment });
const jsonOf = ({ output, messages }: CommandOutcome) => {
  expect(output.trimEnd().split('\n'), messages).toHaveLength(1);
  return JSON.parse(output);
};
const keep = (command: RunningCommand) => {
  running.push(command);
  return command;
};
const serve = async () => {
  const command = keep(startLlara(['serve', '--json'], { home, environment }));
  await vi.waitFor(() => expect(command.output()).toContain('\n'), { timeout: 60_000, interval: 50 });
  return {
    ...command,
    address: JSON.parse(command.output()) as { url: string; token: string; pid: number; pageUrl: string },
  };
};

test('add takes a single file, and forget lets it go', async () => {
  const lease = join(documents, 'lease.md');
  expect(jsonOf(await llara('add', lease, '--json'))).toMatchObject({ files: 1, outcomes: { indexed: 1 } });
  expect(jsonOf(await llara('search', 'oven', '--mode', 'lexical', '--json')).groups).toEqual([]);
  expect((await llara('status')).output).toContain(lease);
  expect((await llara('forget', lease)).code).toBe(exitCodes.success);
  expect((await llara('search', 'lease', '--mode', 'lexical', '--json')).code).not.toBe(exitCodes.success);
});

test('index, search, status: the main job from a terminal', async () => {
  const first = jsonOf(await llara('index', documents, '--json'));
  expect(first).toMatchObject({
    library: 'default',
    files: 3,
    read: 3,
    outcomes: { indexed: 2, empty: 1, failed: 0 },
  });
  expect(first.chunks).toBeGreaterThanOrEqual(2);
  expect(first.seconds).toBeGreaterThan(0);

  const answer = await llara('search', 'when does the lease end', '--mode', 'lexical', '--json');
  expect(answer.code).toBe(exitCodes.success);
  expect(jsonOf(answer).groups[0]).toMatchObject({
    document: { relativePath: 'lease.md' },
    hits: [{ snippet: expect.stringContaining('ends on 31 May') }],
  });
  expect((await llara('search', 'xylophone', '--mode', 'lexical')).code).toBe(exitCodes.nothingFound);

  writeFileSync(join(documents, 'new.txt'), 'The xylophone is in the cellar.\n');
  expect(jsonOf(await llara('index', '--json'))).toMatchObject({ files: 4, read: 1 });
  expect((await llara('search', 'xylophone', '--mode', 'lexical')).code).toBe(exitCodes.success);

  expect(jsonOf(await llara('status', '--json'))).toMatchObject({
    engine: 'in-process',
    home,
    libraries: [
      { name: 'default', counts: { indexed: 3, empty: 1 }, folders: [{ path: documents, documentCount: 4 }] },
    ],
  });
  expect(jsonOf(await llara('forget', documents, '--json'))).toEqual({
    library: 'default',
    forgotten: [documents],
  });
  expect((await llara('search', 'xylophone', '--mode', 'lexical')).code).toBe(exitCodes.nothingFound);
});

test('a folder inside a listed one, a second library, and a folder that is not there', async () => {
  mkdirSync(join(documents, 'inner'));
  writeFileSync(join(documents, 'inner', 'note.txt'), 'A note.\n');
  expect(jsonOf(await llara('index', documents, '--json'))).toMatchObject({ files: 4 });
  expect(jsonOf(await llara('index', join(documents, 'inner'), '--json'))).toMatchObject({
    files: 4,
    read: 0,
  });
  const second = await llara('index', join(documents, 'inner'), '--library', 'notes', '--json');
  expect(jsonOf(second)).toMatchObject({ library: 'notes', files: 1 });
  const missing = await llara('index', join(folder, 'nowhere'), '--json');
  expect(missing.code).toBe(exitCodes.failure);
  expect(jsonOf(missing)).toMatchObject({ error: { code: 'path-not-readable', message: /nowhere/ } });
});

describe('an engine that is running', () => {
  test('answers the commands, and ends well when told to', async () => {
    const { child, ended, address } = await serve();
    expect(jsonOf(await llara('index', documents, '--json'))).toMatchObject({ files: 3 });
    expect(jsonOf(await llara('status', '--json'))).toMatchObject({ engine: 'running' });
    expect(jsonOf(await llara('serve', '--json'))).toMatchObject({
      alreadyRunning: true,
      pageUrl: address.pageUrl,
    });
    child.kill('SIGTERM');
    expect((await ended).code).toBe(exitCodes.success);
    expect(existsSync(join(home, 'engine.json'))).toBe(false);
    expect(jsonOf(await llara('status', '--json'))).toMatchObject({
      engine: 'in-process',
      libraries: [{ counts: { indexed: 2 } }],
    });
    // Bookmarks hold: the port is taken again, though not the token.
    const next = await serve();
    expect(next.address.url).toBe(address.url);
    expect(next.address.token).not.toBe(address.token);
  });

  test('killed: its file and its locks stand in nobody’s way', async () => {
    const { child, ended, address } = await serve();
    child.kill('SIGKILL');
    process.kill(address.pid, 'SIGKILL');
    await ended;
    expect(existsSync(join(home, 'engine.json'))).toBe(true);
    const outcome = await llara('index', documents, '--json');
    expect(jsonOf(outcome)).toMatchObject({ files: 3 });
    expect(outcome.code).toBe(exitCodes.success);
  });

  test.each([
    ['alone', false],
    ['with its engine', true],
  ])('whose parent was killed %s: the next one has the same address and token', async (_, engineToo) => {
    const { child, ended, address } = await serve();
    child.kill('SIGKILL');
    if (engineToo) process.kill(address.pid, 'SIGKILL');
    await ended;
    await vi.waitFor(() => expect(() => process.kill(address.pid, 0)).toThrow('ESRCH'), { timeout: 20_000 });
    expect(JSON.parse(readFileSync(join(home, 'engine.json'), 'utf8'))).toMatchObject({
      token: address.token,
    });
    const next = await serve();
    expect(next.address.pageUrl).toBe(address.pageUrl);
    next.child.kill('SIGTERM');
    expect((await next.ended).code).toBe(exitCodes.success);
    expect(existsSync(join(home, 'engine.json'))).toBe(false);
  });

  test('crashed, and its port taken since: the next one takes another port and another token', async () => {
    const { child, ended, address } = await serve();
    child.kill('SIGKILL');
    killIfThere(address.pid);
    await ended;
    const other = await vi.waitFor(() => listenOn(Number(new URL(address.url).port)), { timeout: 60_000 });
    try {
      const next = await serve();
      expect(next.address.url).not.toBe(address.url);
      expect(next.address.token).not.toBe(address.token);
    } finally {
      other.close();
    }
  });

  test('crashed: it is started again at the same address a few times, then given up', async () => {
    const { ended, address } = await serve();
    let killed = 0;
    for (let crash = 0; crash < 4; crash += 1) {
      const pid = await vi.waitFor(
        async () => {
          const file = JSON.parse(readFileSync(join(home, 'engine.json'), 'utf8'));
          expect(file).toMatchObject({ url: address.url, token: address.token });
          expect(file.pid).not.toBe(killed);
          const health = await fetch(`${file.url}/health`, {
            headers: { authorization: `Bearer ${file.token}` },
          });
          expect(health.ok).toBe(true);
          return Number(file.pid);
        },
        { timeout: 60_000, interval: 100 },
      );
      process.kill(pid, 'SIGKILL');
      killed = pid;
    }
    const outcome = await ended;
    expect(outcome.code).toBe(exitCodes.failure);
    expect(outcome.messages).toMatch(/not started again/);
  });

  test('hung: the command says that the library is locked', async () => {
    const { address } = await serve();
    process.kill(address.pid, 'SIGSTOP');
    const outcome = await llara('search', 'lease', '--json');
    expect(outcome.code).toBe(exitCodes.locked);
    expect(jsonOf(outcome)).toMatchObject({ error: { code: 'library-locked' } });
    process.kill(address.pid, 'SIGKILL');
  });
});

test('Ctrl-C in mid-run leaves a consistent library, and the next run goes on', async () => {
  // Many files, so that there is a middle.
  const fileCount = 1500;
  for (let number = 0; number < fileCount; number += 1) {
    writeFileSync(
      join(documents, `note-${number}.txt`),
      `Note ${number}.\n\n${'Some words about nothing. '.repeat(6)}\n`,
    );
  }
  const { child, ended } = keep(startLlara(['index', documents, '--json'], { home, environment }));
  const atStart = batchCount();
  await vi.waitFor(() => expect(batchCount()).toBeGreaterThan(atStart + 1), {
    timeout: 60_000,
    interval: 20,
  });
  child.kill('SIGINT');
  const outcome = await ended;
  expect(outcome.messages).toContain('Stopping.');
  expect(outcome.code).toBe(exitCodes.interrupted);
  expect(jsonOf(outcome)).toMatchObject({ error: { code: 'cancelled' } });

  const before = jsonOf(await llara('status', '--json')).libraries[0];
  const rest = jsonOf(await llara('index', '--json'));
  expect(rest).toMatchObject({
    files: fileCount + 3,
    outcomes: { indexed: fileCount + 2, empty: 1, pending: 0 },
  });
  expect(before.counts.indexed).toBeGreaterThan(0);
  expect(before.counts.pending).toBeGreaterThan(0);
  // The engine goes on by itself as soon as it opens, so the run asked for may find the rest read already.
  expect([0, before.counts.pending]).toContain(rest.read);
  const answer = jsonOf(await llara('search', 'lease', '--mode', 'lexical', '--json'));
  expect(answer.groups[0].document.relativePath).toBe('lease.md');
});

test('a Node without TypeScript hands over to the installed one', async () => {
  const node = oldNode();
  if (node === null) {
    console.warn('SKIPPED: there is no Node older than 22.18 on the PATH to try.');
    return;
  }
  const outcome = await runLlara(['status', '--json'], { home, node });
  expect(outcome.code).toBe(exitCodes.success);
  expect(jsonOf(outcome)).toMatchObject({ engine: expect.stringMatching(/^(none|in-process)$/) });
  expect((await runLlara(['search'], { home, node })).code).toBe(exitCodes.usage);
});

describe('npm start without a display', () => {
  const start = () =>
    keep(
      startScript('start.ts', [], {
        home,
        environment: { ...environment, DISPLAY: '', WAYLAND_DISPLAY: '' },
      }),
    );

  test('says so in one line, and opens the page on the sample library', async () => {
    const { child, ended, output } = start();
    await vi.waitFor(() => expect(output()).toContain('Ctrl-C stops it.'), { timeout: 60_000 });
    const [first] = output().split('\n');
    expect(first).toBe('No window, because there is no display. The same app opens as a page instead.');
    const pageUrl = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{40,}/.exec(output())?.[0] ?? '';
    const response = await fetch(pageUrl, { redirect: 'manual' });
    expect(response.status).toBe(303);
    await vi.waitFor(
      async () => {
        const [library] = jsonOf(await llara('status', '--json')).libraries;
        expect(library.folders).toMatchObject([{ path: sampleLibrary }]);
        expect(library.counts.pending).toBe(0);
        expect(library.counts.indexed).toBeGreaterThan(5);
      },
      { timeout: 60_000 },
    );
    child.kill('SIGINT');
    expect((await ended).code).toBe(exitCodes.success);
  });

  test('a second start leaves a person’s own choice of folders alone', async () => {
    await llara('index', documents);
    const { output } = start();
    await vi.waitFor(() => expect(output()).toContain('Ctrl-C stops it.'), { timeout: 60_000 });
    const [library] = jsonOf(await llara('status', '--json')).libraries;
    expect(library.folders).toMatchObject([{ path: documents }]);
  });
});

test.each(['--port soon', '--port 70000', '--window'])(
  'npm start refuses %s, and says what it knows',
  async (words) => {
    const outcome = await runScript('start.ts', ['--page', ...words.split(' ')], { home });
    expect(outcome.code).toBe(exitCodes.usage);
    expect(outcome.messages).toMatch(/^llara: .*npm start knows "-- --page" and "-- --port NUMBER"/);
  },
);

test('npm run demo prints passages with their pages and where each right document came, and ends well', async () => {
  const outcome = await runScript('demo.ts', [], { home });
  expect(outcome.messages).toBe('');
  expect(outcome.code).toBe(exitCodes.success);
  expect(outcome.output).toMatch(/rental-agreement\.pdf, page \d/);
  const places = [...outcome.output.matchAll(/^ +\S+ (?:came in place (\d+)|is not among the first 10)$/gm)];
  const found = places.filter(([, place]) => place !== undefined && Number(place) <= 3).length;
  const first = places.filter(([, place]) => place === '1').length;
  expect(places.length).toBeGreaterThan(0);
  expect(outcome.output).toContain(
    `${found} of ${places.length} questions have the right document among the first three, ${first} of them in the first place.`,
  );
  expect(existsSync(home), 'The demo must not touch the person’s data.').toBe(false);
});

/** Versions of the passages' table: one more with each batch that a run has put away. */
function batchCount(): number {
  const table = globSync('libraries/default/index/passages.lance/data/*', { cwd: home });
  return table.length;
}

/** A Node on the PATH that cannot run TypeScript, which the launcher is for. */
function oldNode(): string | null {
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    const candidate = join(directory, 'node');
    if (!existsSync(candidate)) continue;
    const features = execFileSync(candidate, ['-p', 'String(Boolean(process.features.typescript))'], {
      encoding: 'utf8',
    });
    if (features.trim() === 'false') return candidate;
  }
  return null;
}

/** An engine whose parent was killed may have ended by itself already. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Rejects while the port is taken, as until a killed process is gone. */
async function listenOn(port: number) {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
