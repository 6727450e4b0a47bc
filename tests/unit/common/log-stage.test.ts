/** Debug lines are written where LLARA_LOG asks for them and nowhere else: one a call, one a stage of a job. */
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { logStage } from '../../../src-main/common/log-stage.ts';
import { JobControl } from '../../../src-main/engine/jobs/job-control.ts';

const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
afterEach(() => {
  vi.unstubAllEnvs();
  write.mockClear();
});
afterAll(() => write.mockRestore());

it.each([['0'], ['']])('says nothing with LLARA_LOG=%j', (value) => {
  vi.stubEnv('LLARA_LOG', value);
  logStage('search.query', 1);
  expect(write).not.toHaveBeenCalled();
});

it('says what a stage took, and nothing of what it was about', () => {
  vi.stubEnv('LLARA_LOG', '1');
  logStage('search.query', 12.34);
  expect(write.mock.lastCall?.[0]).toMatch(/^llara: search\.query 12\.3 ms\n$/);
  write.mockClear();

  const control = new JobControl({ onProgress: () => {}, onLog: () => {} });
  control.report('scanning', 0, null, 'files');
  control.report('reading', 0, 2, 'files', '/home/ada/secret.txt');
  control.report('reading', 1, 2, 'files', '/home/ada/secret.txt');
  control.report('embedding', 0, 9, 'passages');
  const lines = write.mock.calls.map(([line]) => String(line));
  expect(lines.map((line) => line.split(' ')[2])).toEqual(['scanning', 'reading']);
  expect(lines.join('')).not.toContain('secret');
});
