/** A reranker on the page: chosen and put away, and not waited for before anything is shown. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { withFakePage } from '../support/fake-page.ts';

const skip = skipReason('the second look', missingChromium());

describe.skipIf(skip)('the page, with a reranker,', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it('takes it into use and puts it away, on either screen', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      const chosen = () => host.engine.state.settings.reranker;
      await visit('#/models');
      await page.getByRole('heading', { name: 'A second look' }).waitFor();
      const row = page.locator('[data-model="bge-reranker"]');
      await row.getByRole('button', { name: 'Use' }).click();
      await row.getByText('In use').waitFor();
      expect(chosen()).toBe('bge-reranker');
      await row.getByRole('button', { name: 'Turn off' }).click();
      await row.getByRole('button', { name: 'Use' }).waitFor();
      expect(chosen()).toBe('');

      await visit('#/settings');
      const choice = page.getByLabel('Second look');
      await choice.getByRole('option', { name: /bge-reranker-base/ }).waitFor({ state: 'attached' });
      await choice.selectOption('bge-reranker');
      await expect.poll(chosen).toBe('bge-reranker');
      await choice.selectOption('');
      await expect.poll(chosen).toBe('');
    }));

  it('shows what was found at once, and keeps the hit that a person has gone to', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.state.settings = { ...host.engine.state.settings, reranker: 'bge-reranker' };
      let arrive = () => {};
      const held = new Promise<void>((resolve) => {
        arrive = resolve;
      });
      let secondLooks = 0;
      await page.route('**/rpc/search/query', async (route) => {
        if (route.request().postData()?.includes('"rerank":false')) return await route.continue();
        secondLooks += 1;
        await held;
        // In the opposite order.
        const response = await route.fetch();
        const body = await response.json();
        body.json.groups.reverse();
        await route.fulfill({ response, json: body });
      });
      await visit('#/search');
      await page.getByRole('searchbox').fill('lease tomatoes boat');
      const titles = () => page.locator('[data-hit] h2').allTextContents();
      await expect.poll(async () => (await titles()).length).toBeGreaterThan(1);
      const before = await titles();
      expect(new Set(before).size).toBe(before.length);
      await page.keyboard.press('ArrowDown');
      await page.locator('[data-hit] > a:focus').waitFor();
      const selected = page.locator('[data-hit].selected h2');
      const title = await selected.textContent();
      await expect.poll(() => secondLooks).toBe(1);
      arrive();
      await expect.poll(titles).toEqual(before.toReversed());
      expect(await selected.textContent()).toBe(title);
    }));
});
