/** Entry of `npm run demo`: the main job without a display, in a data folder of its own that is removed afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Terminal } from './output/terminal.ts';
import { runDemo } from './starting/run-demo.ts';

const terminal = new Terminal(process.stdout, process.stderr);
const home = mkdtempSync(join(tmpdir(), 'llara-demo-'));
try {
  process.exitCode = await runDemo({ terminal, home });
} finally {
  rmSync(home, { recursive: true, force: true });
}
await terminal.flush();
process.exit();
