/** What the command line writes and reads in a few characters: times, progress. */
import { describe, expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../../src-main/cli/output/format-duration.ts';
import { progressLine } from '../../../src-main/cli/output/job-progress.ts';
import { firstLines } from '../../../src-main/cli/results/first-lines.ts';

test.each([
  [0.04, '0.0 s'],
  [9.94, '9.9 s'],
  [9.96, '10 s'],
  [59.4, '59 s'],
  [59.6, '1 min 0 s'],
  [125, '2 min 5 s'],
  [4800, '1 h 20 min'],
])('%d seconds are written %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test.each([
  ['90', 90],
  ['90s', 90],
  ['10m', 600],
  ['1.5h', 5400],
  [' 5 m ', 300],
  ['0', null],
  ['-5m', null],
  ['5d', null],
  ['ten', null],
  ['', null],
])('%j is read as %s seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each([
  ['a\n\nb\n\nc', 2, 'a\n\nb\n…'],
  ['\n\na\nb', 1, '\n\na\n…'],
  ['a\n\n\nb\n', 2, 'a\n\n\nb'],
  ['a\nb', undefined, 'a\nb'],
])('the first lines of %j, at most %s, count no blank ones', (text, most, shown) => {
  expect(firstLines(text, most)).toBe(shown);
});

describe('progressLine', () => {
  test.each([
    [
      'a known total',
      { phase: 'indexing' as const, done: 6, total: 12, unit: 'files', etaSeconds: 3 },
      'indexing  ━━━━━━━━━━━━────────────  6/12 files · 3 s left',
    ],
    [
      'an unknown total',
      { phase: 'scanning' as const, done: 50, total: null, unit: 'files', etaSeconds: null },
      'scanning  50 files',
    ],
    [
      'nothing to count yet',
      { phase: 'waiting' as const, done: 0, total: null, unit: '', etaSeconds: null },
      'waiting  …',
    ],
    [
      'an empty total',
      { phase: 'indexing' as const, done: 0, total: 0, unit: 'files', etaSeconds: null },
      `indexing  ${'━'.repeat(24)}  0/0 files`,
    ],
    [
      'more than the total',
      { phase: 'indexing' as const, done: 5, total: 4, unit: 'files', etaSeconds: null },
      `indexing  ${'━'.repeat(24)}  5/4 files`,
    ],
  ])('%s', (_name, progress, line) => {
    expect(progressLine(progress)).toBe(line);
  });
});
