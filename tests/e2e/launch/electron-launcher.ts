/** The app in its own window, driven by Playwright's Electron driver; needs the Electron runtime and a display. */
import { existsSync } from 'node:fs';
import { _electron, type ElectronApplication } from 'playwright-core';
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
    args: ['.', '--no-sandbox'],
    env: { ...process.env, LLARA_HOME: home } as Record<string, string>,
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(20_000);
  const watched = watchPage(page, (address) => address.startsWith('app://'));
  return {
    page,
    ...watched,
    killEngine: async () => {
      process.kill(await enginePid(app), 'SIGKILL');
    },
    restartEngine: async () => {
      // The shell starts a new one by itself; the page tells when it has it.
      await page.getByText('The search engine has stopped.').waitFor({ state: 'hidden' });
    },
    reload: async () => {
      await page.reload();
    },
    close: () => app.close(),
  };
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
