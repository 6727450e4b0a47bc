/** The estimate of the time left follows uneven work without jumping, and is silent while it would be a guess. */
import { describe, expect, it } from 'vitest';
import { TimeLeft } from '../../../src-main/engine/jobs/time-left.ts';

/** Feeds `[seconds, done]` in order; the estimates, in seconds. */
function estimates(reports: readonly (readonly [number, number])[], total: number | null): (number | null)[] {
  const left = new TimeLeft();
  return reports.map(([seconds, done]) => left.note(done, total, seconds * 1000));
}

describe('no estimate', () => {
  const table: [string, [number, number][], number | null][] = [
    ['at the first report', [[0, 0]], 100],
    [
      'from one leap',
      [
        [0, 0],
        [10, 90],
      ],
      100,
    ],
    [
      'within the first two seconds',
      [
        [0, 0],
        [0.1, 1],
        [0.2, 2],
        [0.3, 3],
      ],
      100,
    ],
    [
      'where nothing moves',
      [
        [0, 5],
        [10, 5],
        [20, 5],
        [30, 5],
      ],
      100,
    ],
    [
      'without a total',
      [
        [0, 0],
        [5, 1],
        [10, 2],
        [15, 3],
      ],
      null,
    ],
    [
      'after work began anew',
      [
        [0, 0],
        [5, 10],
        [10, 20],
        [15, 30],
        [16, 2],
      ],
      100,
    ],
  ];
  it.each(table)('%s', (_, reports, total) => {
    expect(estimates(reports, total).at(-1)).toBeNull();
  });
});

it('is exact for an even pace', () => {
  const even = Array.from({ length: 50 }, (_, second) => [second, second * 2] as const);
  const known = estimates(even, 200).map((estimate, second) => [estimate, (200 - second * 2) / 2] as const);
  expect(known.filter(([estimate]) => estimate !== null).length).toBe(47);
  for (const [estimate, truth] of known) if (estimate !== null) expect(estimate).toBeCloseTo(truth, 6);
});

it('neither jumps at one thick book among notes nor forgets the notes', () => {
  const notes = Array.from({ length: 60 }, (_, second) => [second, second * 10] as const);
  const book = [75, 601] as const;
  const more = Array.from({ length: 60 }, (_, second) => [76 + second, 611 + second * 10] as const);
  const all = estimates([...notes, book, ...more], 2000);
  const [before, after, later] = [all[59]!, all[60]!, all.at(-1)!];
  expect(before).toBeCloseTo(141, 0);
  // 15 s for one document: had it counted alone, 1 399 documents would take six hours.
  expect(after).toBeGreaterThan(before);
  expect(after).toBeLessThan(before * 3);
  // A minute of notes later the book is nearly forgotten: 799 documents at 10 a second.
  expect(later).toBeGreaterThan(79);
  expect(later).toBeLessThan(79.9 * 1.15);
});

it('follows a lasting change of pace within two minutes', () => {
  const fast = Array.from({ length: 100 }, (_, second) => [second, second * 10] as const);
  const slow = Array.from({ length: 120 }, (_, second) => [100 + second, 1000 + second] as const);
  const last = estimates([...fast, ...slow], 10_000).at(-1)!;
  const truth = 10_000 - 1119;
  expect(last / truth).toBeGreaterThan(0.75);
  expect(last / truth).toBeLessThanOrEqual(1);
});
