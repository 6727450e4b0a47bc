import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Most processes that tests start load the engine, and half of what that costs is stripping types and compiling. A process that finds this
// set keeps the outcome for the next one; Node compares it with the source.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/tests');

/** Projects are grouped by what their tests need; each skips aloud where that is missing. */
const project = (name: string, testTimeout: number) => ({
  test: {
    name,
    // A test that passes at a second try hides a fault, of the test or of the product.
    retry: 0,
    // A poll waits for a condition, however busy the machine; by default it gives up after a second.
    expect: { poll: { timeout: 20_000 } },
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
      project('process', 300_000),
      project('eval', 600_000),
      project('e2e', 300_000),
    ],
  },
});
