/** The app in its own window, driven by Playwright's Electron driver; needs the Electron runtime and a display. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { findElectronRuntime } from '../../../src-main/cli/starting/electron-runtime.ts';
import { type AppUnderTest, type Launcher, watchPage } from './launcher.ts';

export function electronLauncher(): Launcher {
  return { name: 'Electron', missing, launch };
}

function missing(): string | null {
  const runtime = findElectronRuntime();
  if (!runtime.found) return `Without a runtime there is no window: ${runtime.reason}.`;
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return 'There is no display.';
  }
  if (!existsSync('out/main/index.js')) return 'The app is not built; run "npm run build".';
  return null;
}

async function launch(home: string): Promise<AppUnderTest> {
  const runtime = findElectronRuntime();
  if (!runtime.found) throw new Error(runtime.reason);
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: [...switchesOf(runtime.executable), resolve('.')],
    env: { ...process.env, LLARA_HOME: home } as Record<string, string>,
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(20_000);
  await untilOnline(page);
  const watched = watchPage(page, (address) => address.startsWith('app://'));
  return {
    page,
    ...watched,
    killEngine: async () => {
      process.kill(await enginePid(app), 'SIGKILL');
    },
    restartEngine: async () => {
      // The shell starts a new one by itself; the page tells when it has it.
      await untilOnline(page);
    },
    reload: async () => {
      // A window that is opened anew begins at the start, not at the address it was closed on.
      await page.evaluate(() => history.replaceState(null, '', location.pathname));
      await page.reload();
      await untilOnline(page);
    },
    close: () => app.close(),
  };
}

/** The engine opens its tables in a process of its own, while the page is there already. */
async function untilOnline(page: Page): Promise<void> {
  await page.locator('html[data-engine="online"]').waitFor({ timeout: 60_000 });
}

/** Chromium's sandbox refuses root, and asks others for user namespaces or for the helper that root has installed. */
function switchesOf(executable: string): string[] {
  if (process.platform !== 'linux') return [];
  const isRoot = process.getuid?.() === 0;
  const helper = statSync(join(dirname(executable), 'chrome-sandbox'), { throwIfNoEntry: false });
  const isHelperInstalled = helper?.uid === 0 && (helper.mode & 0o4000) !== 0;
  const hasNamespaces = spawnSync('unshare', ['--user', 'true']).status === 0;
  return !isRoot && (isHelperInstalled || hasNamespaces) ? [] : ['--no-sandbox'];
}

async function enginePid(app: ElectronApplication): Promise<number> {
  const pid = await app.evaluate(
    ({ app: electron }) =>
      electron
        .getAppMetrics()
        .find((metric) => metric.type === 'Utility' && /engine/i.test(metric.name ?? ''))?.pid,
  );
  if (!pid) throw new Error('The engine process was not found.');
  return pid;
}
