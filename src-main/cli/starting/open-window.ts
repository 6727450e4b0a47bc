/** Opens the desktop window in a process of its own, or says in a few words why it cannot. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fetchElectronRuntime, findElectronRuntime } from './electron-runtime.ts';

/** `closed` means that the window was there and the person closed it; `code` is how its process ended. */
export type WindowOutcome = { type: 'closed'; code: number } | { type: 'unavailable'; reason: string };

export type WindowOptions = {
  /** Folder of the product's package.json. */
  productDirectory: string;
  onNotice: (line: string) => void;
  signal: AbortSignal;
};

/** A process that ends sooner than this, and not well, never showed a window. */
const shortestVisitMs = 10_000;

export async function openWindow({
  productDirectory,
  onNotice,
  signal,
}: WindowOptions): Promise<WindowOutcome> {
  if (!hasDisplay(process.platform, process.env))
    return { type: 'unavailable', reason: 'there is no display' };
  if (!existsSync(join(productDirectory, 'out', 'main', 'index.js'))) {
    return { type: 'unavailable', reason: 'the app is not built ("npm run build" does that)' };
  }
  const installed = findElectronRuntime();
  const runtime = installed.found ? installed : await fetchElectronRuntime(onNotice);
  if (!runtime.found) return { type: 'unavailable', reason: runtime.reason };

  const startedAtMs = performance.now();
  const code = await runToEnd(runtime.executable, [productDirectory], signal);
  if (code === 0 || signal.aborted) return { type: 'closed', code: 0 };
  if (performance.now() - startedAtMs > shortestVisitMs) return { type: 'closed', code };
  return { type: 'unavailable', reason: `Electron could not start (exit code ${code})` };
}

/** Windows and macOS always have one; elsewhere X11 and Wayland name theirs. */
export function hasDisplay(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

function runToEnd(executable: string, argumentList: string[], signal: AbortSignal): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(executable, argumentList, { stdio: 'inherit' });
    signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
