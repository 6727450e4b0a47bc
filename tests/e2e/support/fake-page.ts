/** Opens the built page on a fake engine of its own; errors the page did not expect fail the test. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { FakeEngineOptions } from '../../support/fake-engine/fake-state.ts';
import { watchPage } from '../launch/launcher.ts';
import { KeptPages } from './kept-pages.ts';
import { type FakeHost, serveFake } from './serve-fake.ts';

export interface FakePage {
  readonly page: Page;
  readonly host: FakeHost;
  /** Loads the page anew at one of its addresses, such as `#/library`. */
  visit(hash: string): Promise<void>;
}

const keptPages = new WeakMap<Browser, KeptPages>();

export async function withFakePage(
  browser: Browser,
  test: (fake: FakePage) => Promise<void>,
  options: FakeEngineOptions & { context?: BrowserContextOptions } = {},
): Promise<void> {
  const kept = keptPages.get(browser) ?? new KeptPages(browser);
  keptPages.set(browser, kept);
  const tab = await kept.take({ viewport: { width: 1180, height: 780 }, ...options.context });
  const { page } = tab;
  const host = await serveFake(options, tab.address);
  const { pageErrors, foreignRequests, stop } = watchPage(page, (url) =>
    url.startsWith(`http://127.0.0.1:${host.port}`),
  );
  let isClean = false;
  try {
    await test({
      page,
      host,
      // The token in the address makes it a navigation, even where the page stands there already.
      visit: async (hash) => {
        await page.goto(`${host.pageUrl}${hash}`);
      },
    });
    expect(pageErrors, 'errors of the page').toEqual([]);
    expect(foreignRequests, 'requests beyond this machine').toEqual([]);
    isClean = true;
  } finally {
    stop();
    await (isClean ? kept.giveBack(tab, host) : page.context().close());
    await host.close();
  }
}
