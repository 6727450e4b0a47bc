/** The window of the quick search is narrow and holds one answer. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { withFakePage } from '../support/fake-page.ts';

const skip = skipReason('the quick search', missingChromium());

describe.skipIf(skip)('the quick search', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it('shows a whole answer in the width of the quick-search window, the mark of the Enter key included', () =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await visit('#/quick');
        await page.getByRole('searchbox').fill('lease');
        const mark = page.locator('[data-hit="0"] kbd');
        await mark.waitFor();
        const answer = page.locator('.answer');
        const [shown, needed] = await answer.evaluate((element) => [
          element.clientWidth,
          element.scrollWidth,
        ]);
        expect(needed).toBe(shown);
        const [markBox, answerBox] = [await mark.boundingBox(), await answer.boundingBox()];
        expect(markBox!.x + markBox!.width).toBeLessThanOrEqual(answerBox!.x + shown!);
        expect(markBox!.x).toBeGreaterThan(answerBox!.x);
      },
      { context: { viewport: { width: 720, height: 440 } } },
    ));
});
