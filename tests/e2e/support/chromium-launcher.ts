/** The app as a page of this machine: the real engine behind the real host in a process of its own, and Chromium. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser } from 'playwright-core';
import { launchChromium, missingChromium } from './chromium.ts';
import { type AppUnderTest, type Launcher, watchPage } from './launcher.ts';

const token = 'a-token-that-only-the-tests-know-0123456789';

/** One browser serves all apps; `closeBrowser` ends it. */
export function chromiumLauncher(): Launcher & { closeBrowser(): Promise<void> } {
  let browser: Promise<Browser> | null = null;
  return {
    name: 'Chromium',
    missing: missingChromium,
    launch: async (home) => {
      browser ??= launchChromium();
      return await launchPage(await browser, home);
    },
    closeBrowser: async () => {
      await (await browser)?.close();
    },
  };
}

async function launchPage(browser: Browser, home: string): Promise<AppUnderTest> {
  let server = await serveEngine(home, 0);
  const { pageUrl, url } = server;
  const context = await browser.newContext({ viewport: { width: 1180, height: 780 }, colorScheme: 'light' });
  context.setDefaultTimeout(45_000);
  const page = await context.newPage();
  const watched = watchPage(page, (address) => address.startsWith(url));
  await page.goto(pageUrl);
  return {
    page,
    ...watched,
    killEngine: () => end(server.child, 'SIGKILL'),
    restartEngine: async () => {
      server = await serveEngine(home, Number(new URL(url).port));
    },
    reload: async () => {
      await page.goto('about:blank');
      await page.goto(pageUrl);
    },
    close: async () => {
      await context.close();
      await end(server.child, 'SIGTERM');
    },
  };
}

async function serveEngine(
  home: string,
  port: number,
): Promise<{ child: ChildProcess; pageUrl: string; url: string }> {
  const script = join(import.meta.dirname, 'serve-engine.ts');
  const child = spawn(process.execPath, [script, home, String(port), token], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const lines = createInterface({ input: child.stdout });
  child.once('exit', (code, signal) => {
    // A test that kills the engine sends SIGKILL; anything else that is no clean end is a crash, and its cause is needed.
    if (code !== 0 && signal !== 'SIGKILL' && signal !== 'SIGTERM') {
      console.error(`The engine ended with ${code ?? signal}:\n${errors}`);
    }
  });
  const first = new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    child.once('exit', (code) =>
      reject(new Error(`The engine ended with ${code} before it served:\n${errors}`)),
    );
  });
  return { child, ...JSON.parse(await first) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
