/**
 * The whole page without a mouse: every screen is gone to by a key, every control on it is come to by Tab and shows it, no control keeps the
 * focus, and Escape closes what has opened.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from './launch/chromium.ts';
import { seriousViolations } from './screens/serious-violations.ts';
import { withFakePage } from './support/fake-page.ts';
import { tabTo } from './support/keyboard.ts';

const skip = skipReason('the walk by keyboard', missingChromium());

interface Walk {
  /** Controls that Tab never came to. */
  missed: string[];
  /** Controls that do not show that they have the focus. */
  unseen: string[];
}

/** Presses Tab from where the focus is, over the end of the page, until it is there again. */
async function walk(page: Page, mostStops = 250): Promise<Walk> {
  await page.evaluate(() => {
    for (const reached of document.querySelectorAll('[data-reached]'))
      reached.removeAttribute('data-reached');
  });
  const unseen: string[] = [];
  let ends = 0;
  for (let stop = 0; ; stop += 1) {
    if (stop > mostStops) throw new Error(`Tab came to no end in ${mostStops} stops.`);
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      if (element === document.body) return 'end';
      if (element.dataset.reached !== undefined) return null;
      element.dataset.reached = '';
      const boxes = [element, element.closest<HTMLElement>('.hit, .field, label')].filter(
        (box) => box !== null,
      );
      const isSeen = boxes.some((box) => {
        const style = getComputedStyle(box);
        const isOutlined = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1;
        return isOutlined || (box !== element && style.boxShadow !== 'none');
      });
      return isSeen ? '' : element.outerHTML.slice(0, 160);
    });
    if (seen === 'end') ends += 1;
    else if (seen) unseen.push(seen);
    if (seen === null || ends > 1) break;
  }
  const missed = await page.evaluate(() => {
    const controls = 'a[href], button, input, select, textarea, summary, iframe, [tabindex="0"]';
    const radios = new Set<string>();
    return [...document.querySelectorAll<HTMLElement>(controls)]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0)
      .filter((element) => !(element as HTMLButtonElement).disabled && element.closest('[inert]') === null)
      .filter((element) => {
        // One of a group of radio buttons takes the focus for all of them.
        if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
        if (document.querySelector(`input[name="${element.name}"][data-reached]`)) return false;
        return !radios.has(element.name) && radios.add(element.name);
      })
      .filter((element) => element.dataset.reached === undefined)
      .map((element) => element.outerHTML.slice(0, 160));
  });
  return { missed, unseen };
}

describe.skipIf(skip)('the whole page by keyboard', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const expectWalked = async (page: Page, name: string) => {
    expect(await walk(page), name).toEqual({ missed: [], unseen: [] });
    expect(await seriousViolations(page), name).toEqual([]);
  };

  it('comes to every control of every screen, and on from it', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/search');
      await page.getByRole('searchbox').fill('lease');
      // The hit is shown beside the list.
      await page.locator('[data-ready="true"] canvas').first().waitFor();
      await expectWalked(page, 'search');
      for (const view of ['Library', 'Adapt', 'Models', 'Settings'] as const) {
        await tabTo(page, view);
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { level: 1, name: view }).waitFor();
        await page.waitForFunction(
          () => !/Loading|Connecting/.test(document.querySelector('main')?.textContent ?? ''),
        );
        await expectWalked(page, view);
      }
      await visit('#/answer');
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expectWalked(page, 'answer');
    }));

  it('comes to every control of a document with its pages in small, and leaves it by Escape', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/search');
      await page.getByRole('searchbox').fill('deposit');
      await page.locator('[data-hit]').first().waitFor();
      await page.keyboard.press('Enter');
      await page.locator('.stroke').first().waitFor();
      await tabTo(page, 'Pages in small');
      await page.keyboard.press('Enter');
      await page.locator('[data-thumbnail] canvas').first().waitFor();
      await expectWalked(page, 'document');
      await page.keyboard.press('Escape');
      await page.locator('[data-hit]').first().waitFor();
    }));

  it('keeps the focus in a dialog, and Escape gives it back to what opened it', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/library');
      await page.getByRole('row').nth(2).waitFor();
      for (const name of ['New library', 'Read everything again', 'Add file', 'Add folder']) {
        await tabTo(page, name);
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').waitFor();
        for (let stop = 0; stop < 15; stop += 1) {
          await page.keyboard.press('Tab');
          const isInside = await page.evaluate(
            () => document.activeElement?.closest('[role="dialog"]') !== null,
          );
          expect(isInside, `${name}: stop ${stop}`).toBe(true);
        }
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
        await expect.poll(() => page.evaluate(() => document.activeElement?.textContent?.trim())).toBe(name);
      }
    }));
});
