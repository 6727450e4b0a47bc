/** The app as a page of this machine: the real engine behind the real host in a process of its own, and Chromium. */
import type { Browser } from 'playwright-core';
import { launchChromium, missingChromium } from './chromium.ts';
import { EngineProcesses } from './engine-processes.ts';
import { type AppUnderTest, type Launcher, watchPage } from './launcher.ts';

/** One browser serves all apps; `closeBrowser` ends it, and the engine process that waits for the next one. */
export function chromiumLauncher(): Launcher & { closeBrowser(): Promise<void> } {
  let browser: Promise<Browser> | null = null;
  const engines = new EngineProcesses();
  return {
    name: 'Chromium',
    missing: missingChromium,
    launch: async (home) => {
      browser ??= launchChromium();
      return await launchPage(await browser, engines, home);
    },
    closeBrowser: async () => {
      await (await browser)?.close();
      await engines.close();
    },
  };
}

async function launchPage(browser: Browser, engines: EngineProcesses, home: string): Promise<AppUnderTest> {
  let engine = await engines.serve(home, 0);
  const { pageUrl, url } = engine;
  const context = await browser.newContext({ viewport: { width: 1180, height: 780 }, colorScheme: 'light' });
  context.setDefaultTimeout(45_000);
  const page = await context.newPage();
  const watched = watchPage(page, (address) => address.startsWith(url));
  await page.goto(pageUrl);
  return {
    page,
    ...watched,
    killEngine: () => engine.end('SIGKILL'),
    restartEngine: async () => {
      engine = await engines.serve(home, Number(new URL(url).port));
    },
    reload: async () => {
      await page.goto('about:blank');
      await page.goto(pageUrl);
    },
    close: async () => {
      await context.close();
      await engine.end('SIGTERM');
    },
  };
}
