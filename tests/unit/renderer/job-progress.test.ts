/** How far a job is, in words that a person reads: no engine's own names, no counts of nothing, bytes as sizes. */
import { describe, expect, it } from 'vitest';
import { type JobPhase, jobKindNames, jobKinds } from '../../../src-main/contract/tables/job-kinds.ts';
import { jobProgressText } from '../../../src-renderer/text/jobs/job-progress-text.ts';

const progress = (phase: JobPhase, done: number, total: number | null, unit: string) => ({
  phase,
  done,
  total,
  unit,
  etaSeconds: null,
});

describe('the progress of a job', () => {
  it.each([
    [progress('waiting', 0, null, ''), []],
    [progress('optimising', 0, null, ''), ['Putting the index in order']],
    [progress('scanning', 1200, null, 'files'), ['Looking for files', '1,200 files']],
    [progress('indexing', 0, 4200, 'documents'), ['Reading and indexing', '0 of 4,200 documents']],
    [progress('downloading', 12_345_678, 146_000_000, 'bytes'), ['Downloading', '12 MB of 146 MB']],
    [progress('downloading', 12_345_678, null, 'bytes'), ['Downloading', '12 MB']],
    [progress('connecting', 0, null, 'bytes'), ['Connecting']],
    [progress('testing-before', 3, 9, 'passages'), ['Testing the encoder as it was', '3 of 9 passages']],
  ])('%j', (given, expected) => {
    expect(jobProgressText(given)).toEqual(expected);
  });
});

describe.each(jobKindNames)('every phase of %s', (kind) => {
  it.each([...jobKinds[kind].phases])('has words of its own: %s', (phase) => {
    const [words] = jobProgressText(progress(phase, 0, null, ''));
    expect(words).toMatch(/^[A-Z][a-z]+( [a-z]+)*$/);
  });
});
