/** Jobs: every one ends, whatever its body does, and an interrupted one goes on. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src-main/common/app-error.ts';
import type { Job } from '../../../src-main/contract/jobs.ts';
import type { JobControl } from '../../../src-main/engine/jobs/job-control.ts';
import type { JobJournal, JournalEntry } from '../../../src-main/engine/jobs/job-journal.ts';
import type { RunnableKind } from '../../../src-main/engine/jobs/job-kind.ts';
import { JobRunner } from '../../../src-main/engine/jobs/job-runner.ts';
import { kindOf } from './kind-of.ts';

class MemoryJournal implements JobJournal {
  readonly entries = new Map<string, string>();
  save(entry: JournalEntry): void {
    this.entries.set(entry.job.id, JSON.stringify(entry));
  }
  load(): JournalEntry[] {
    return [...this.entries.values()].map((entry) => JSON.parse(entry) as JournalEntry);
  }
  remove(ids: readonly string[]): void {
    for (const id of ids) this.entries.delete(id);
  }
}

const setUp = (kinds: Record<string, RunnableKind>, journal = new MemoryJournal()) => {
  const events: Job[] = [];
  const runner = new JobRunner(kinds, journal, (job) => events.push(structuredClone(job)));
  return { runner, journal, events };
};

const request = (library: string, params: unknown = { library }) =>
  ({ kind: 'index', library, title: 'Index', params }) as const;

const untilCancelled = async (_: unknown, control: JobControl): Promise<never> => {
  for (;;) {
    await control.checkpoint();
    await delay(2);
  }
};

describe('a job', () => {
  it('counts how often it was asked for, also where it waits already', async () => {
    const { runner } = setUp({ index: kindOf(untilCancelled) });
    const running = runner.submit(request('a'));
    runner.submit(request('b'));
    await expect.poll(() => runner.get(running.id).state).toBe('running');
    const waiting = runner.submit(request('a'));
    expect(runner.submit(request('a')).id).toBe(waiting.id);
    expect([runner.timesAsked('index', 'a'), runner.timesAsked('index', 'b')]).toEqual([3, 1]);
    expect(runner.timesAsked('index', 'c')).toBe(0);
    await runner.close();
  });

  it('completes with what its body returned and a final event', async () => {
    const { runner, events } = setUp({ index: kindOf(async () => ({ chunks: 3 })) });
    const ended = await runner.wait(runner.submit(request('a')).id);
    expect(ended).toMatchObject({ state: 'completed', result: { chunks: 3 }, failure: null });
    expect(events.map((job) => job.state)).toEqual(['queued', 'running', 'completed']);
  });

  it('fails with phase, message and whether to try again', async () => {
    const { runner } = setUp({
      index: kindOf(async (_, control) => {
        control.report('indexing', 1, 2, 'files');
        throw new AppError('not-supported', 'This cannot be done.');
      }),
    });
    const ended = await runner.wait(runner.submit(request('a')).id);
    expect(ended.failure).toEqual({
      code: 'not-supported',
      phase: 'indexing',
      message: 'This cannot be done.',
      retryable: false,
    });
  });

  it('stands still while paused, goes on when resumed, and ends when cancelled', async () => {
    let ticks = 0;
    const { runner } = setUp({
      index: kindOf(async (_, control) => {
        for (;;) {
          await control.checkpoint();
          ticks += 1;
          await delay(1);
        }
      }),
    });
    const { id } = runner.submit(request('a'));
    await delay(20);
    expect(runner.pause(id).state).toBe('paused');
    await delay(5);
    const ticksWhenPaused = ticks;
    await delay(20);
    expect(ticks).toBe(ticksWhenPaused);
    expect(runner.resume(id).state).toBe('running');
    await delay(20);
    expect(ticks).toBeGreaterThan(ticksWhenPaused);
    runner.cancel(id);
    expect((await runner.wait(id)).state).toBe('cancelled');
    expect(runner.cancel(id).state).toBe('cancelled');
  });

  it('can be cancelled while paused and while it waits for another', async () => {
    const { runner } = setUp({ index: kindOf(untilCancelled) });
    const first = runner.submit(request('a'));
    const second = runner.submit(request('a', { library: 'a', again: true }));
    runner.pause(first.id);
    runner.cancel(second.id);
    runner.cancel(first.id);
    expect((await runner.wait(first.id)).state).toBe('cancelled');
    expect((await runner.wait(second.id)).state).toBe('cancelled');
  });
});

describe('the runner', () => {
  it('brings jobs to their end though the journal cannot be written, and says what that costs', async () => {
    const journal = new MemoryJournal();
    journal.save = () => {
      throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
    };
    const { runner, events } = setUp({ index: kindOf(async () => 'done') }, journal);
    const jobs = [1, 2].map((number) => runner.submit(request('a', { library: 'a', number })));
    for (const { id } of jobs) expect((await runner.wait(id)).state).toBe('completed');
    expect(runner.log(jobs[0]!.id)).toEqual([expect.stringContaining('The disk is full')]);
    expect(events.at(-1)).toMatchObject({ id: jobs[1]!.id, state: 'completed' });
  });

  it('runs one writer per library at a time, and two libraries side by side', async () => {
    const running = new Map<string, number>();
    let most = 0;
    let together = 0;
    const { runner } = setUp({
      index: kindOf(async ({ library }: { library: string }) => {
        running.set(library, (running.get(library) ?? 0) + 1);
        most = Math.max(most, running.get(library) ?? 0);
        together = Math.max(together, [...running.values()].filter((count) => count > 0).length);
        await delay(10);
        running.set(library, (running.get(library) ?? 0) - 1);
      }),
    });
    const jobs = ['a', 'a', 'b'].map((library, index) => runner.submit(request(library, { library, index })));
    await Promise.all(jobs.map((job) => runner.wait(job.id)));
    expect(most).toBe(1);
    expect(together).toBe(2);
  });

  it('does not queue the same work twice', () => {
    const { runner } = setUp({ index: kindOf(async () => await delay(5)) });
    expect(runner.submit(request('a')).id).toBe(runner.submit(request('a')).id);
  });

  it('goes on after a shutdown with what it had not finished, and keeps a paused job paused', async () => {
    const before = setUp({ index: kindOf(untilCancelled), adapt: kindOf(untilCancelled) });
    const interrupted = before.runner.submit(request('a'));
    const paused = before.runner.submit({ kind: 'adapt', library: 'a', title: 'Adapt', params: {} });
    await delay(10);
    before.runner.pause(paused.id);
    await before.runner.close();
    const after = setUp(
      { index: kindOf(async () => 'done'), adapt: kindOf(async () => 'done') },
      before.journal,
    );
    after.runner.restore();
    expect((await after.runner.wait(interrupted.id)).state).toBe('completed');
    await delay(10);
    expect(after.runner.get(paused.id).state).toBe('paused');
    after.runner.resume(paused.id);
    expect((await after.runner.wait(paused.id)).result).toBe('done');
  });

  it('does not take up a measurement again that nobody waits for', async () => {
    const before = setUp({ evaluate: kindOf(untilCancelled, false) });
    const { id } = before.runner.submit({ kind: 'evaluate', library: null, title: 'Evaluate', params: {} });
    await delay(10);
    await before.runner.close();
    const after = setUp({ evaluate: kindOf(async () => 'done', false) }, before.journal);
    after.runner.restore();
    expect((await after.runner.wait(id)).state).toBe('cancelled');
  });

  it('lets the next job pass one that is paused before it began', async () => {
    const { runner } = setUp({ index: kindOf(async () => 'done') });
    const held = runner.submit(request('a'));
    runner.pause(held.id);
    const other = runner.submit(request('a', { library: 'a', other: true }));
    expect((await runner.wait(other.id)).state).toBe('completed');
    expect(runner.get(held.id).state).toBe('paused');
    runner.resume(held.id);
    expect((await runner.wait(held.id)).state).toBe('completed');
  });

  it('sets going what waits for mains power when a person asks for it, and lets itself wait', async () => {
    const { runner } = setUp({ index: kindOf(async () => 'done') });
    const held = runner.submit({ ...request('a'), startedBy: 'llara' });
    expect(runner.pause(held.id, 'battery')).toMatchObject({ state: 'paused', pausedBy: 'battery' });
    expect(runner.submit({ ...request('a'), startedBy: 'llara' })).toMatchObject({
      id: held.id,
      state: 'paused',
    });
    expect(runner.submit(request('a'))).toMatchObject({ id: held.id, pausedBy: null });
    expect((await runner.wait(held.id)).state).toBe('completed');
  });

  it('sends progress without the log, which is asked for on its own', async () => {
    const { runner, events } = setUp({
      index: kindOf(async (_, control) => {
        for (let line = 1; line <= 250; line++) control.log(`line ${line}`);
        control.report('indexing', 1, 2, 'documents', '/papers/lease.pdf');
        await delay(150);
      }),
    });
    const { id } = runner.submit(request('a'));
    await runner.wait(id);
    expect(events.find(({ progress }) => progress.done === 1)?.progress.detail).toBe('/papers/lease.pdf');
    for (const event of events) expect(event).not.toHaveProperty('log');
    expect(runner.log(id)).toHaveLength(200);
    expect(runner.log(id).at(-1)).toBe('line 250');
    expect(runner.get(id).progress).not.toHaveProperty('detail');
  });

  it('says which job is unknown', () => {
    expect(() => setUp({}).runner.get('nowhere')).toThrowError(/no job nowhere/);
  });
});
