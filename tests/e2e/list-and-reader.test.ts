/** The answer as a list with a reader beside it: what the arrow keys, Space, Enter and F2 do, and when there is room for it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from './launch/chromium.ts';
import { withFakePage } from './support/fake-page.ts';

const skip = skipReason('the list and its reader', missingChromium());
const wide = { context: { viewport: { width: 1280, height: 800 } } };

describe.skipIf(skip)('the list and its reader', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const ask = async (page: Page, text: string) => {
    await page.getByRole('searchbox').fill(text);
    await page.locator(`[data-answered="${text}"] [data-hit]`).first().waitFor();
  };
  const reader = (page: Page) => page.getByRole('region', { name: 'Reader' });

  it('shows the text of a hit at once, then its document at the sentence that answers', () =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await visit('#/search');
        await ask(page, 'lease tomatoes boat');
        await page.keyboard.press('ArrowDown');
        // Documents are held back, so that what is seen meanwhile is the passage's own text.
        let release = () => {};
        const held = new Promise<void>((resolve) => {
          release = resolve;
        });
        await page.route('**/rpc/documents/text', async (route) => {
          await held;
          await route.continue();
        });
        for (const hit of [1, 2]) {
          const row = page.locator(`[data-hit="${hit}"]`);
          const title = (await row.locator('h2').textContent())!;
          const frames = await page.evaluate(followed, title);
          expect(frames, 'frames from the key to the text').toBeLessThanOrEqual(3);
          const sentence = (await row.locator('.answers').allTextContents()).join('');
          expect(await reader(page).locator('.at-once').textContent()).toContain(sentence);
        }
        release();
        await reader(page).locator('.document mark.sentence, .document .sentence').first().waitFor();
      },
      wide,
    ));

  it('scrolls the reader by Space and Page Down while the focus stays in the list', () =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await visit('#/search');
        await ask(page, 'lease');
        await page.keyboard.press('ArrowDown');
        const scroller = reader(page).locator('[data-scroller]');
        await reader(page).locator('.sentence').first().waitFor();
        await page.locator('[data-ready="true"]').waitFor();
        const top = () => scroller.evaluate((element) => element.scrollTop);
        for (const [key, direction] of [
          ['PageUp', -1],
          ['PageUp', -1],
          [' ', 1],
          ['Shift+ ', -1],
          ['PageDown', 1],
        ] as const) {
          const before = await top();
          await page.keyboard.press(key);
          const moved = (await top()) - before;
          if (before > 0 || direction > 0) expect(Math.sign(moved), key).toBe(direction);
        }
        expect(await page.evaluate(() => document.activeElement?.closest('[data-hit]') !== null)).toBe(true);
      },
      wide,
    ));

  it('opens further passages in place, and closes them again, by key', () =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await visit('#/search');
        await ask(page, 'lease deposit');
        expect(await page.locator('[data-hit]').count()).toBe(1);
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowRight');
        await page.locator('[data-hit="1"]').waitFor();
        await page.keyboard.press('ArrowDown');
        await reader(page).getByText('The deposit is three months').first().waitFor();
        await page.keyboard.press('ArrowLeft');
        await page.locator('[data-hit="1"]').waitFor({ state: 'detached' });
        await expect
          .poll(() =>
            page.evaluate(() => document.activeElement?.closest('[data-hit]')?.getAttribute('data-hit')),
          )
          .toBe('0');
        const more = page.getByRole('button', { name: '1 more passage of Tenancy agreement' });
        expect(await more.getAttribute('aria-expanded')).toBe('false');
      },
      wide,
    ));

  it('copies the answering sentence with its source', () =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
        await visit('#/search');
        await ask(page, 'notice');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('F2');
        await page.getByText('Copied, with its source.').waitFor();
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        expect(copied).toMatch(
          /^“Either party may give notice [^\n]*does not count\.”\n— Tenancy agreement, p\. 2 \(contracts\/lease\.pdf\)$/,
        );
      },
      wide,
    ));

  it('opens the document whole by Enter, and comes back to the same row', () =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await visit('#/search');
        await ask(page, 'lease tomatoes');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowDown');
        const title = (await page.locator('[data-hit="1"] h2').textContent())!;
        await page.keyboard.press('Enter');
        await page.locator('header').getByRole('heading', { level: 1, name: title }).waitFor();
        await page.keyboard.press('Escape');
        await expect
          .poll(() =>
            page.evaluate(() => document.activeElement?.closest('[data-hit]')?.getAttribute('data-hit')),
          )
          .toBe('1');
      },
      wide,
    ));

  it('shows the list alone below 1100 pixels', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/search');
      await ask(page, 'lease');
      await reader(page).waitFor();
      await page.setViewportSize({ width: 1099, height: 780 });
      await reader(page).waitFor({ state: 'detached' });
    }));

  it('stands by folders where that is asked for, each named once, and says where a hit is in full', () =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await visit('#/search');
        await ask(page, 'lease tomatoes boat wobble');
        const hits = page.locator('[data-hit]');
        const count = await hits.count();
        expect(await page.locator('p.folder').count()).toBe(0);
        for (const path of await page.locator('.about .path').all())
          expect(await path.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
        await page.getByRole('button', { name: 'Best first' }).click();
        await page.getByRole('radio', { name: 'By folder' }).check();
        await page.keyboard.press('Escape');
        await expect.poll(() => page.locator('p.folder').count()).toBeGreaterThan(1);
        const folders = await page.locator('p.folder').allTextContents();
        expect(new Set(folders).size).toBe(folders.length);
        expect(await hits.count()).toBe(count);
        // The line above says it once for all of them.
        expect(await page.locator('.about .path').count()).toBe(0);
      },
      wide,
    ));

  it('gives a hit no more than three lines', () =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await visit('#/search');
        await ask(page, 'lease tomatoes boat wobble');
        const heights = await page
          .locator('[data-hit]')
          .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
        for (const height of heights) expect(height).toBeLessThan(100);
      },
      wide,
    ));
});

/** Runs in the page: presses the key and resolves to how many frames are drawn until the reader shows the hit's text under `title`. */
function followed(title: string): Promise<number> {
  return new Promise((resolve) => {
    let frames = 0;
    const look = () => {
      const heading = document.querySelector('[data-reader] h2')?.textContent;
      const text = document.querySelector('[data-reader] .at-once')?.textContent ?? '';
      if (heading === title && text.trim() !== '') resolve(frames);
      else {
        frames += 1;
        requestAnimationFrame(look);
      }
    };
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
    look();
  });
}
