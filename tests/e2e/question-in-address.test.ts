/** The question, the way of searching and the filters stand in the address: a reload, back and forward keep them. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from './launch/chromium.ts';
import { withFakePage } from './support/fake-page.ts';

const skip = skipReason('the question in the address', missingChromium());

describe.skipIf(skip)('the question in the address', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const answered = (page: Page, query: string) =>
    page.locator(`[data-answered='${query}'] [data-hit]`).first().waitFor();
  const question = (page: Page) => page.getByRole('searchbox').inputValue();

  it('is kept over a reload, with its filters and its mode', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/search');
      await page.getByRole('searchbox').fill('lease tomatoes');
      await answered(page, 'lease tomatoes');
      await page.getByRole('button', { name: 'Type', exact: true }).click();
      await page.getByRole('checkbox', { name: 'PDF' }).check();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Words and meaning' }).click();
      await page.getByRole('radio', { name: 'Words only' }).check();
      await page.keyboard.press('Escape');
      await answered(page, 'lease tomatoes type:pdf');
      await page.reload();
      await answered(page, 'lease tomatoes type:pdf');
      expect(await question(page)).toBe('lease tomatoes');
      await page.getByRole('button', { name: 'Remove filter PDF' }).waitFor();
      await page.getByRole('button', { name: 'Remove filter Words only' }).waitFor();
    }));

  it('comes back by the back key, and again by forward', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/search');
      await page.getByRole('searchbox').pressSequentially('boat');
      await answered(page, 'boat');
      await page.getByRole('button', { name: 'Type', exact: true }).click();
      await page.getByRole('checkbox', { name: 'E-mail' }).check();
      await page.keyboard.press('Escape');
      await answered(page, 'boat type:email');
      await page.goBack();
      await answered(page, 'boat');
      await page.goForward();
      await answered(page, 'boat type:email');
      await page.locator('[data-hit] > a').first().click();
      await page.getByRole('button', { name: 'Back to the results' }).waitFor();
      await page.goBack();
      await answered(page, 'boat type:email');
      // A question typed key by key is one step, not one for each key.
      await page.goBack();
      await answered(page, 'boat');
      await page.goBack();
      expect(page.url()).not.toContain('q=');
    }));

  it('stays while other screens are looked at', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/search?q=boat');
      await answered(page, 'boat');
      const navigation = page.getByRole('navigation', { name: 'Views' });
      await navigation.getByRole('link', { name: 'Models' }).click();
      await page.getByRole('heading', { name: 'Models' }).waitFor();
      await navigation.getByRole('link', { name: 'Search' }).click();
      await answered(page, 'boat');
      expect(await question(page)).toBe('boat');
    }));
});
