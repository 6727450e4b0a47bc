/** The list of documents on the library screen: what it can be narrowed to, with counts, by mouse or keys. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { withFakePage } from '../support/fake-page.ts';

const skip = skipReason('the list of documents', missingChromium());

describe.skipIf(skip)('the list of documents', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it('is narrowed by kind, says how many there are of each, and is whole again for another library', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      const { state, calls } = host.engine;
      state.otherLibraries = [{ ...state.library, name: 'letters', folders: [] }];
      await visit('#/library');
      const rows = page.locator('tbody tr');
      await rows.nth(6).waitFor();
      const kind = page.getByRole('group', { name: 'Narrow the list' }).getByLabel('Kind');
      const choices = await kind.locator('option').allTextContents();
      expect(choices[0]).toBe('All kinds');
      const counted = choices.find((choice) => choice.startsWith('PDF'))!;
      const wanted = Number(/\((\d+)\)/.exec(counted)![1]);
      await kind.selectOption({ label: counted });
      await expect.poll(() => rows.count()).toBe(wanted);
      for (const about of await rows.locator('.about').allTextContents()) expect(about).toMatch(/^PDF/);
      expect(await page.getByLabel('Language').locator('option').allTextContents()).toContain('German (1)');

      // All are of one year, so there is nothing to choose.
      expect(await page.getByLabel('Year').count()).toBe(0);
      await kind.focus();
      await page.keyboard.press('Home');
      await expect.poll(() => rows.count()).toBeGreaterThan(wanted);
      await kind.selectOption({ label: counted });
      await page.getByRole('button', { name: 'Use the library letters' }).click();
      await expect
        .poll(() => calls.findLast(({ name }) => name === 'documents.list')?.input)
        .toMatchObject({ library: 'letters', withFacets: true });
      expect(calls.findLast(({ name }) => name === 'documents.list')?.input).not.toHaveProperty('kind');
    }));

  it('gives each name all of the width where there is no room for columns, and keeps what can be done in sight', () =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await visit('#/library');
        const row = page.locator('tbody tr').first();
        await row.waitFor();
        const list = (await page.locator('table').boundingBox())!;
        const name = (await row.locator('.name').boundingBox())!;
        expect(name.width).toBeGreaterThan(list.width * 0.9);
        for (const button of await row.getByRole('button').all()) {
          const box = (await button.boundingBox())!;
          expect(box.x + box.width).toBeLessThanOrEqual(list.x + list.width + 1);
        }
      },
      { context: { viewport: { width: 420, height: 760 } } },
    ));
});
