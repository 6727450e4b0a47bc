/** What is kept of jobs: every unfinished one, however many ended after it, and the newest week of the others. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../../src-main/contract/jobs.ts';
import { HomeDatabase } from '../../../src-main/engine/home-database.ts';
import { outlivedJobs } from '../../../src-main/engine/jobs/job-history.ts';
import { JobRunner } from '../../../src-main/engine/jobs/job-runner.ts';
import { kindOf } from './kind-of.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'llara-history-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const request = (number: number) =>
  ({ kind: 'index', library: 'default', title: 'Index', params: { number } }) as const;

it('forgets no unfinished job, in memory or in the journal', async () => {
  const database = new HomeDatabase(home);
  const kinds = { index: kindOf(async () => null), adapt: kindOf(async () => null) };
  const runner = new JobRunner(kinds, database, () => {});
  const first = runner.submit({ kind: 'adapt', library: 'default', title: 'Adapt', params: {} });
  runner.pause(first.id);
  for (let number = 0; number < 230; number++) await runner.wait(runner.submit(request(number)).id);
  expect(runner.list().filter(({ endedAt }) => endedAt !== null)).toHaveLength(200);
  expect(runner.get(first.id).state).toBe('paused');
  await runner.close();
  const stored = database.load();
  database.close();
  expect(stored).toHaveLength(201);
  expect(stored.map(({ job }) => job.id)).toContain(first.id);
});

it('reads what an older version wrote, and leaves alone what a newer one did', () => {
  const database = new HomeDatabase(home);
  const raw = new DatabaseSync(join(home, 'home.sqlite'));
  const job = {
    id: 'old',
    kind: 'adapt',
    library: 'default',
    title: 'Adapt',
    state: 'failed',
    progress: { phase: 'testing the encoder before', done: 1, total: 2, unit: 'questions', etaSeconds: null },
    failure: { phase: 'testing the encoder before', message: 'No.', retryable: true },
    result: null,
    log: ['a line'],
    createdAt: 1,
    startedAt: 1,
    endedAt: 2,
  };
  const insert = raw.prepare('INSERT INTO jobs (id, created_at, job, params) VALUES (?, ?, ?, ?)');
  insert.run('old', 1, JSON.stringify(job), '{}');
  insert.run('new', 2, JSON.stringify({ ...job, id: 'new', kind: 'teleport' }), '{}');
  const entries = database.load();
  expect(entries).toMatchObject([
    { job: { id: 'old', progress: { phase: 'waiting' }, failure: { code: 'internal' } }, log: ['a line'] },
  ]);
  expect(entries[0]!.job).not.toHaveProperty('log');
  expect(raw.prepare('SELECT id FROM jobs').all()).toHaveLength(2);
  raw.close();
  database.close();
});

describe('an ended job is forgotten', () => {
  const now = Date.UTC(2026, 0, 31);
  const day = 24 * 60 * 60 * 1000;
  const ended = (id: string, daysAgo: number) => ({ id, endedAt: now - daysAgo * day }) as Job;

  it('after a week', () => {
    expect(outlivedJobs([ended('a', 6.9), ended('b', 7.1), { id: 'c', endedAt: null } as Job], now)).toEqual([
      'b',
    ]);
  });

  it('once two hundred ended after it', () => {
    const jobs = Array.from({ length: 202 }, (_, index) => ended(`${index}`, index / 1000));
    expect(outlivedJobs(jobs, now)).toEqual(['200', '201']);
  });
});
