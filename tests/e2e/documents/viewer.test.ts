/** A document as one reads it: keys that work at once, a place that zoom and turning keep, words that are found, pages that are gone to. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { seriousViolations } from '../screens/serious-violations.ts';
import { withFakePage } from '../support/fake-page.ts';
import { tabTo } from '../support/keyboard.ts';
import { markedText } from '../support/marked-text.ts';

const skip = skipReason('the viewer of documents', missingChromium());

describe.skipIf(skip)('the viewer', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const small = { context: { viewport: { width: 900, height: 600 } } };
  const scrollTop = (page: Page) => page.locator('[data-scroller]').evaluate((element) => element.scrollTop);
  const pageNow = (page: Page) => page.getByLabel('Go to page').inputValue();
  const openLease = async (page: Page, visit: (hash: string) => Promise<void>) => {
    await visit('#/search');
    await page.getByRole('searchbox').fill('deposit');
    await page.locator('[data-hit]').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[data-page="3"] .stroke').first().waitFor();
    await expect.poll(() => pageNow(page)).toBe('3');
  };

  it('scrolls by Page Down, Space, Home and End without a click', () =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await visit('#/document/lease');
        await page.locator('[data-page="1"] canvas').waitFor();
        for (const [key, direction] of [
          ['PageDown', 1],
          ['PageUp', -1],
          [' ', 1],
          ['Home', -1],
          ['End', 1],
          ['ArrowUp', -1],
        ] as const) {
          const before = await scrollTop(page);
          await page.keyboard.press(key);
          await expect
            .poll(async () => Math.sign((await scrollTop(page)) - before), { message: key })
            .toBe(direction);
        }
      },
      small,
    ));

  it('shows the pages in small, drawn where they are seen, and goes to them by the keyboard', () =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await visit('#/document/lease');
        await page.locator('[data-page="1"] canvas').waitFor();
        await page.getByRole('button', { name: 'Pages in small' }).press('Enter');
        const strip = page.getByRole('navigation', { name: 'Pages in small' });
        await strip.locator('[data-thumbnail="1"][aria-current="page"] canvas').waitFor();
        expect(await strip.locator('[tabindex="0"]').count()).toBe(1);
        await tabTo(page, (await strip.locator('[data-thumbnail="1"]').getAttribute('aria-label'))!);
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowDown');
        await expect.poll(() => pageNow(page)).toBe('3');
        await strip.locator('[data-thumbnail="3"]:focus canvas').waitFor();
        await strip.locator('[data-thumbnail="2"]').click();
        await expect.poll(() => pageNow(page)).toBe('2');
        expect(await seriousViolations(page)).toEqual([]);
      },
      small,
    ));

  it('keeps the page and its marks through zoom, turning and whole pages', () =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await openLease(page, visit);
        const sheet = page.locator('[data-page="3"]');
        const marked = await markedText(sheet);
        expect(marked).toContain('deposit');
        for (const name of ['Zoom in', 'Zoom in', 'Zoom out', 'Show whole pages', 'Show whole pages']) {
          await page.getByRole('button', { name }).click();
          await page.evaluate(
            () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
          );
          expect(await pageNow(page), name).toBe('3');
          expect(await markedText(sheet), name).toBe(marked);
        }
        for (let turn = 0; turn < 4; turn += 1) {
          await page.getByRole('button', { name: 'Turn the pages' }).click();
          await page.evaluate(
            () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
          );
          expect(await pageNow(page), `turn ${turn}`).toBe('3');
        }
        expect(await markedText(sheet)).toBe(marked);
      },
      small,
    ));

  it.each(['no-preference', 'reduce'] as const)(
    'keeps the passage in sight while the window changes its size, with motion: %s',
    (reducedMotion) =>
      withFakePage(
        browser,
        async ({ page, visit }) => {
          // In the middle of the document, where the end of what can be scrolled holds nothing in place.
          await visit('#/search');
          await page.getByRole('searchbox').fill('lease notice');
          await page.locator('[data-hit]').first().waitFor();
          await page.keyboard.press('Enter');
          const stroke = page.locator('[data-page="2"] .stroke').first();
          await stroke.waitFor();
          await expect.poll(() => pageNow(page)).toBe('2');
          for (const [width, height] of [
            [900, 600],
            [420, 760],
            [640, 400],
            [1280, 800],
          ] as const) {
            await page.setViewportSize({ width, height });
            await page.evaluate(
              () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
            );
            expect(await pageNow(page), `${width} × ${height}`).toBe('2');
            const box = (await stroke.boundingBox())!;
            const frame = (await page.locator('[data-scroller]').boundingBox())!;
            expect(box.y, `${width} × ${height}`).toBeGreaterThanOrEqual(frame.y);
            expect(box.y + box.height, `${width} × ${height}`).toBeLessThanOrEqual(frame.y + frame.height);
          }
        },
        { context: { viewport: { width: 1280, height: 800 }, reducedMotion } },
      ),
  );

  it('goes to a page', () =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await visit('#/document/lease');
        await page.locator('[data-page="1"] canvas').waitFor();
        await page.getByLabel('Go to page').fill('3');
        await page.keyboard.press('Enter');
        await expect.poll(() => scrollTop(page)).toBeGreaterThan(500);
        await expect.poll(() => pageNow(page)).toBe('3');
      },
      small,
    ));

  it.each([
    ['lease', 'lease', '.place .sentence'],
    ['garden', 'the', 'mark.sentence'],
    ['boat', 'the', 'mark.sentence'],
  ])('finds words in %s and steps from place to place', (id, words, mark) =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await visit(`#/document/${id}`);
        await page.locator('[data-scroller]').waitFor();
        await page.keyboard.press('Control+f');
        await page
          .getByLabel('Find in this document', { exact: true })
          .and(page.locator('input'))
          .fill(words);
        const position = page.getByTestId('found');
        await expect.poll(() => position.textContent()).toMatch(/^1 of [2-9]$/);
        await page.locator(mark).first().waitFor();
        await page.keyboard.press('Enter');
        await expect.poll(() => position.textContent()).toMatch(/^2 of/);
        await page.keyboard.press('Shift+Enter');
        await expect.poll(() => position.textContent()).toMatch(/^1 of/);
        await page.keyboard.press('Escape');
        await position.waitFor({ state: 'detached' });
        await page.locator(mark).first().waitFor({ state: 'detached' });
      },
      small,
    ),
  );

  it('shows a link of a document as the words that they are', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/document/garden');
      const reader = page.getByRole('region', { name: 'Document' });
      await reader.waitFor();
      await page.evaluate(() => {
        const link = document.createElement('a');
        link.textContent = 'a link';
        document.querySelector('[data-scroller] .page')!.append(link);
      });
      const colours = await reader.evaluate((element) => {
        const link = element.querySelector('a')!;
        return [getComputedStyle(link).color, getComputedStyle(link.parentElement!).color];
      });
      expect(colours[0]).toBe(colours[1]);
    }));
});
