import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { memoryFolder } from './tests/support/run/memory-folder.ts';

// Most processes that tests start load the engine, and half of what that costs is stripping types and compiling. A process that finds this
// set keeps the outcome for the next one; Node compares it with the source.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/tests');

const inMemory = process.env.TMPDIR ? null : memoryFolder();
if (inMemory) process.env.TMPDIR = inMemory;

/** Projects are grouped by what their tests need; each skips aloud where that is missing. */
const project = (name: string, testTimeout: number, isolate = true) => ({
  test: {
    name,
    isolate,
    setupFiles: isolate ? [] : ['tests/support/run/leave-as-found.ts'],
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

/**
 * One file of the GPU's tests comes before all others. What costs its time is that Mesa compiles shaders, for most of a minute of one core, and
 * keeps them: files that start together would each compile the same ones, those that come later find them.
 */
class ShadersFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const first = sorted.find(({ project }) => project.name === 'gpu');
    return first ? [first, ...sorted.filter((file) => file !== first)] : sorted;
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: ShadersFirst },
    // One more than there are cores: much of what a file takes is waiting, for processes, windows and time limits.
    maxWorkers: Math.min(availableParallelism(), 2) + 1,
    projects: [
      project('unit', 60_000, false),
      project('native', 120_000),
      project('gpu', 600_000),
      project('process', 300_000),
      project('eval', 600_000),
      project('e2e', 300_000),
    ],
  },
});
