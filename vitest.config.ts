import { defineConfig } from 'vitest/config';

/** Projects are grouped by what their tests need; each skips aloud where that is missing. */
const project = (name: string, testTimeout: number, retry = 0) => ({
  test: {
    name,
    // Real processes and a real browser on a shared machine: what only came late is asked once more, and reported as such.
    retry,
    include: [`tests/${name}/**/*.test.ts`],
    testTimeout,
    hookTimeout: testTimeout,
    pool: 'forks' as const,
  },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project('unit', 60_000),
      project('native', 120_000),
      project('gpu', 600_000),
      project('process', 300_000, 1),
      project('eval', 600_000),
      project('e2e', 300_000, 1),
    ],
  },
});
