/** Tags by the keyboard: given and taken away in the document and in the list, found from there, and offered where the list is narrowed. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { seriousViolations } from '../screens/serious-violations.ts';
import { withFakePage } from '../support/fake-page.ts';
import { tabTo } from '../support/keyboard.ts';

const skip = skipReason('tags in the page', missingChromium());

describe.skipIf(skip)('tags', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const shown = (page: Page) =>
    page.getByRole('group', { name: /^Tags of/ }).getByRole('button', { name: /^[^T]/ });
  const give = async (page: Page, tag: string) => {
    await page.keyboard.type(tag);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByLabel('Add a tag').inputValue()).toBe('');
  };

  it('are given to a document and taken away, and what is read stays where it is', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/document/lease');
      await page.locator('[data-page="1"] canvas').waitFor();
      await page.keyboard.press('End');
      await expect.poll(() => page.getByLabel('Go to page').inputValue()).toBe('3');
      await page.keyboard.press('t');
      await expect
        .poll(() => page.getByLabel('Add a tag').evaluate((field) => field === document.activeElement))
        .toBe(true);
      await give(page, 'work');
      await give(page, 'tax/2024');
      expect(await shown(page).allTextContents()).toEqual(['work', 'tax/2024']);
      const lease = () => host.engine.state.documents.find(({ content }) => content.document.id === 'lease')!;
      expect(lease().content.document.tags).toEqual(['work', 'tax/2024']);
      expect(await seriousViolations(page)).toEqual([]);
      await page.keyboard.press('Backspace');
      await page.keyboard.press('Delete');
      await expect.poll(() => shown(page).allTextContents()).toEqual(['work']);
      expect(lease().content.document.tags).toEqual(['work']);
      await page.keyboard.press('Escape');
      await page.getByLabel('Add a tag').waitFor({ state: 'detached' });
      expect(await page.getByLabel('Go to page').inputValue()).toBe('3');
      await tabTo(page, 'work');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('tag:work');
    }));

  it('are given in the list, which is narrowed by them', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/library');
      await page.getByRole('button', { name: /^Tags of Kitchen garden/ }).focus();
      await page.keyboard.press('Enter');
      await give(page, 'garden');
      await page.keyboard.press('Escape');
      const narrow = page.getByRole('group', { name: 'Narrow the list' }).getByLabel('Tag');
      await expect.poll(() => narrow.locator('option').allTextContents()).toEqual(['All tags', 'garden (1)']);
      await page.getByRole('button', { name: 'garden', exact: true }).click();
      await expect.poll(() => narrow.inputValue()).toBe('garden');
      await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
    }));
});
