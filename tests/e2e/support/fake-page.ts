/** Opens the built page on a fake engine, one context per test; errors the page did not expect fail the test. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { FakeEngineOptions } from '../../support/fake-engine/fake-state.ts';
import { watchPage } from '../launch/launcher.ts';
import { type FakeHost, serveFake } from './serve-fake.ts';

export interface FakePage {
  readonly page: Page;
  readonly host: FakeHost;
  /** Loads the page anew at one of its addresses, such as `#/library`. */
  visit(hash: string): Promise<void>;
}

export async function withFakePage(
  browser: Browser,
  test: (fake: FakePage) => Promise<void>,
  options: FakeEngineOptions & { context?: BrowserContextOptions } = {},
): Promise<void> {
  const host = await serveFake(options);
  const context = await browser.newContext({ viewport: { width: 1180, height: 780 }, ...options.context });
  context.setDefaultTimeout(45_000);
  const page = await context.newPage();
  const { pageErrors, foreignRequests } = watchPage(page, (url) =>
    url.startsWith(`http://127.0.0.1:${host.port}`),
  );
  try {
    await test({
      page,
      host,
      visit: async (hash) => {
        await page.goto('about:blank');
        await page.goto(`${host.pageUrl}${hash}`);
      },
    });
    expect(pageErrors, 'errors of the page').toEqual([]);
    expect(foreignRequests, 'requests beyond this machine').toEqual([]);
  } finally {
    await context.close();
    await host.close();
  }
}
