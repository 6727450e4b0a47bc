/**
 * Tabs that one test hands to the next: a new one costs a process of the browser, and at another address nothing of the page's code is
 * cached, which together take several times as long as loading the page. Only what a test left as it found it is handed on.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { FakeHost } from './serve-fake.ts';

export interface Tab {
  readonly page: Page;
  readonly context: BrowserContextOptions;
  /** Where the page was served to it before, or null. */
  readonly address: { port: number; token: string } | null;
}

/** Small, served by every host, and without a script: a tab waits there. */
const restingPlace = '/icon.svg';

export class KeptPages {
  readonly #browser: Browser;
  readonly #tabs = new Map<string, Tab>();

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  async take(context: BrowserContextOptions): Promise<Tab> {
    const key = keyOf(context);
    const kept = this.#tabs.get(key);
    this.#tabs.delete(key);
    if (kept) {
      await kept.page.setViewportSize(context.viewport!);
      return { ...kept, context };
    }
    const opened = await this.#browser.newContext(context);
    opened.setDefaultTimeout(45_000);
    return { page: await opened.newPage(), context, address: null };
  }

  /** `host` must still be the one of the test; where it has gone, so goes the tab. */
  async giveBack({ page, context }: Tab, host: FakeHost): Promise<void> {
    try {
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      const response = await page.goto(new URL(restingPlace, host.pageUrl).href);
      if (!response?.ok()) throw new Error(`${restingPlace} is not served.`);
      await page.evaluate(() => {
        localStorage.clear();
        sessionStorage.clear();
      });
      await page.emulateMedia({
        colorScheme: context.colorScheme ?? 'light',
        reducedMotion: context.reducedMotion ?? 'no-preference',
      });
      await page.context().clearPermissions();
      // Out of the window, so that it hovers over nothing.
      await page.mouse.move(-10, -10);
      for (const other of page.context().pages()) if (other !== page) await other.close();
    } catch {
      // A test may have closed its host, or the page; the next one opens another.
      await page.context().close();
      return;
    }
    this.#tabs.set(keyOf(context), { page, context, address: { port: host.port, token: host.token } });
  }
}

function keyOf({ viewport: _, ...others }: BrowserContextOptions): string {
  return JSON.stringify(others);
}
