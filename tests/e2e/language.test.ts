/** The page in the language of the system, or in the one that is set; documents in the direction of their own script. */
import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from './launch/chromium.ts';
import { withFakePage } from './support/fake-page.ts';

const skip = skipReason('the language of the page', missingChromium());

describe.skipIf(skip)('the page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it.each([
    ['de-AT', 'Suche', 'Bibliothek'],
    ['es-MX', 'Buscar', 'Biblioteca'],
    ['fr-CA', 'Recherche', 'Bibliothèque'],
    ['zh-CN', '搜索', '资料库'],
    ['ja-JP', '検索', 'ライブラリ'],
    ['pt-BR', 'Search', 'Library'],
  ])('speaks as a system in %s does, with a screenshot of it', (locale, search, library) =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await visit('#/search?q=lease');
        await page.locator('[data-hit]').first().waitFor();
        await page.getByRole('link', { name: search, exact: true }).waitFor();
        expect(await page.locator('html').getAttribute('lang')).toBe(
          locale.startsWith('pt') ? 'en' : locale.slice(0, 2),
        );
        mkdirSync('out/screenshots/languages', { recursive: true });
        await page.screenshot({ path: `out/screenshots/languages/${locale}-search.png` });
        await page.getByRole('link', { name: library, exact: true }).click();
        await page.getByRole('heading', { level: 1, name: library }).waitFor();
        await page.screenshot({ path: `out/screenshots/languages/${locale}-library.png` });
      },
      { context: { locale, viewport: { width: 1280, height: 800 } } },
    ),
  );

  it('speaks the language that is set, at once and at the next visit', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/settings');
      await page.getByRole('radio', { name: 'Français' }).click();
      await page.getByRole('heading', { level: 1, name: 'Réglages' }).waitFor();
      expect(host.engine.state.settings.language).toBe('fr');
      await visit('#/library');
      await page.getByRole('heading', { level: 1, name: 'Bibliothèque' }).waitFor();
      await visit('#/settings');
      await page.getByRole('radio', { name: 'Comme le système' }).first().waitFor();
      await page.getByRole('radio', { name: 'English' }).click();
      await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    }));

  it('shows a document in the direction of its script', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await page.route('**/rpc/documents/text', async (route) => {
        const response = await route.fetch();
        const answer = await response.json();
        answer.json.text = 'عقد الإيجار\n\nيبدأ عقد الإيجار في الأول من يونيو.';
        await route.fulfill({ response, json: answer });
      });
      await visit('#/document/boat');
      const direction = () =>
        page
          .locator('.sheet > *')
          .first()
          .evaluate((element) => getComputedStyle(element).direction);
      await expect.poll(direction, { timeout: 30_000 }).toBe('rtl');
    }));
});
