/** The engine of the open window serves two at once: the page over a port, the command line over the loopback host. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { runLlara } from '../../support/run-llara.ts';

test('the command line talks to the engine that the window has open', async () => {
  const home = mkdtempSync(join(tmpdir(), 'llara-entry-'));
  const script = fileURLToPath(new URL('./run-engine-entry.ts', import.meta.url));
  const child = spawn(process.execPath, [script, home], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const first = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
    expect(JSON.parse(String(first.value))).toEqual({ libraries: 1 });
    await vi.waitFor(() => expect(existsSync(join(home, 'engine.json'))).toBe(true), { timeout: 60_000 });
    const outcome = await runLlara(['status', '--json'], { home });
    expect(JSON.parse(outcome.output)).toMatchObject({ engine: 'running', home });
  } finally {
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    rmSync(home, { recursive: true, force: true });
  }
});
