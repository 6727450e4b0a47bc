/**
 * `npm run bench`: every bench in a process of its own, one after the other; that of a GPU only when it is named. Figures of shared machines:
 * look at ratios.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const benches = [
  'encoder-bench.ts',
  'index-bench.ts',
  'search-bench.ts',
  'shared-bench.ts',
  'training-bench.ts',
  'page-bench.ts',
];
const chosen = process.argv.length > 2 ? process.argv.slice(2).map((name) => `${name}-bench.ts`) : benches;

let failedCount = 0;
for (const bench of chosen) {
  console.log(`\n── ${bench} ──`);
  const { status, signal } = spawnSync(process.execPath, [join(import.meta.dirname, bench)], {
    stdio: 'inherit',
  });
  if (signal) console.error(`${bench} was ended by ${signal}.`);
  if (status !== 0) failedCount += 1;
}
if (failedCount > 0) console.error(`${failedCount} of ${chosen.length} benches failed.`);
process.exit(failedCount > 0 ? 1 : 0);
