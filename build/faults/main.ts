/**
 * `npm run faults`: kills, full and read-only disks, damaged tables and documents, a jumping clock and maintenance that gives up, all of them in full. The tests also
 * run among the others, with fewer of each. KILLS sets how many kills there are of each kind of work (200).
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const files = [
  'process/faults',
  'process/engine/kill',
  'process/engine/damage',
  'process/adaptation/adaptation-kill',
  'process/ingest',
];
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...files.map((name) => `tests/${name}`),
    '--reporter=verbose',
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit', env: { KILLS: '200', FAULTS: 'all', LLARA_DAMAGED_FILES: '3000', ...process.env } },
);
process.exit(status ?? 1);
