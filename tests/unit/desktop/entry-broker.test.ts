import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import {
  type EntryAnswer,
  type EntryEnded,
  type EntryRequest,
  runEntry,
} from '../../../src-main/common/run-entry.ts';
import { EntryBroker, type EntryProcess } from '../../../src-main/desktop/engine/entry-broker.ts';

class FakeEntry extends EventEmitter implements EntryProcess {
  killed = false;
  onOutput(stream: 'stdout' | 'stderr', listener: (text: string) => void): void {
    this.on(stream, listener);
  }
  onExit(listener: (code: number) => void): void {
    this.once('exit', listener);
  }
  kill(): boolean {
    this.killed = true;
    return this.emit('exit', 15);
  }
}

function makeBroker() {
  const entries: FakeEntry[] = [];
  const forked: [string, string][] = [];
  const broker = new EntryBroker({
    mainFolder: '/app/out/main/',
    fork: (path, argument) => {
      forked.push([path, argument]);
      entries.push(new FakeEntry());
      return entries.at(-1)!;
    },
  });
  const answers: EntryEnded[] = [];
  const outputs: EntryAnswer[] = [];
  const ask = (request: unknown) =>
    broker.handle(request, (answer) => {
      if (answer.type === 'entry-ended') answers.push(answer);
      else outputs.push(answer);
    });
  return { broker, entries, forked, answers, outputs, ask };
}

const run = (changes: object = {}) => ({
  type: 'run-entry',
  id: 'a',
  path: '/app/out/main/device-probe-child.js',
  argument: '{}',
  timeoutMs: 1_000,
  ...changes,
});

describe('throwaway processes of the engine', () => {
  afterEach(() => void vi.useRealTimers());

  it('are forked by the main process, and their output goes back', () => {
    const { entries, forked, answers, ask } = makeBroker();
    ask(run());
    entries[0]!.emit('stdout', '[1,');
    entries[0]!.emit('stdout', '2]\n');
    entries[0]!.emit('stderr', 'a note');
    entries[0]!.emit('exit', 0);
    expect(forked).toEqual([['/app/out/main/device-probe-child.js', '{}']]);
    expect(answers).toEqual([
      {
        type: 'entry-ended',
        id: 'a',
        outcome: { code: 0, stdout: '[1,2]\n', stderr: 'a note', timedOut: false },
      },
    ]);
  });

  it.each([
    '/app/out/main/index.js',
    '/app/out/main/../other/evil-child.js',
    '/app/out/main/sub/evil-child.js',
    '/tmp/device-probe-child.js',
    '/app/out/main/device-probe-child.js.sh',
    '/usr/bin/xterm',
  ])('are never %s', (path) => {
    const { forked, answers, ask } = makeBroker();
    ask(run({ path }));
    expect(forked).toEqual([]);
    expect(answers[0]?.outcome).toMatchObject({
      code: null,
      stderr: expect.stringContaining('no entry of this app'),
    });
  });

  it('are killed when late, when stopped, and when the engine is gone', () => {
    vi.useFakeTimers();
    const { broker, entries, answers, ask } = makeBroker();
    for (const id of ['late', 'stopped', 'orphan']) ask(run({ id, timeoutMs: id === 'late' ? 10 : 60_000 }));
    vi.advanceTimersByTime(11);
    ask({ type: 'stop-entry', id: 'stopped' });
    broker.stopAll();
    expect(entries.map(({ killed }) => killed)).toEqual([true, true, true]);
    expect(answers.map(({ id, outcome }) => [id, outcome.timedOut])).toEqual([
      ['late', true],
      ['stopped', false],
      ['orphan', false],
    ]);
  });

  it('leave other messages alone', () => {
    const { forked, answers, ask } = makeBroker();
    for (const message of [null, undefined, 'x', { type: 'connect' }, { type: 'stop-entry', id: 'none' }])
      ask(message);
    expect([forked, answers]).toEqual([[], []]);
  });
});

describe('running an entry', () => {
  const folder = mkdtempSync(join(tmpdir(), 'llara-entry-'));
  const entry = join(folder, 'echo.mjs');
  writeFileSync(
    entry,
    `const ask = process.argv[2];
     if (ask === 'hang') setInterval(() => {}, 1000);
     else if (ask === 'fail') { console.error('Error: no device'); process.exit(3); }
     else process.stdout.write('got ' + ask + '\\n', () => process.exit(0));`,
  );
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => void Reflect.deleteProperty(process, 'parentPort'));

  it.each([
    ['hello', { code: 0, stdout: 'got hello\n', stderr: '', timedOut: false }],
    ['fail', { code: 3, stdout: '', stderr: 'Error: no device\n', timedOut: false }],
  ])('under Node collects what it prints: %s', async (argument, outcome) => {
    expect(await runEntry(entry, argument, { timeoutMs: 15_000 })).toEqual(outcome);
  });

  it('under Node kills what hangs, or is not wanted any more', async () => {
    expect(await runEntry(entry, 'hang', { timeoutMs: 300 })).toMatchObject({ code: null, timedOut: true });
    const stop = new AbortController();
    const running = runEntry(entry, 'hang', { timeoutMs: 15_000 }, stop.signal);
    stop.abort(new Error('not wanted'));
    await expect(running).rejects.toThrow('not wanted');
  });

  it('in a utility process goes through the main process, both ways', async () => {
    const parentPort = new EventEmitter();
    const main = makeBroker();
    const sent: EntryRequest[] = [];
    const postMessage = (message: EntryRequest) => sent.push(message);
    Object.assign(process, { parentPort: Object.assign(parentPort, { postMessage }) });
    const running = runEntry('/app/out/main/device-probe-child.js', '{}', { timeoutMs: 1_000 });
    main.broker.handle(sent[0], (ended) => parentPort.emit('message', { data: ended }));
    parentPort.emit('message', { data: { type: 'connect' } });
    main.entries[0]!.emit('stdout', 'done');
    main.entries[0]!.emit('exit', 0);
    expect(await running).toEqual({ code: 0, stdout: 'done', stderr: '', timedOut: false });
    expect(parentPort.listenerCount('message')).toBe(0);
  });
});
