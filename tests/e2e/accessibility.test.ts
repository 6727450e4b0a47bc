/**
 * axe over every screen, light and dark, with a picture of each left in out/screenshots to be looked at. Axe is run through
 * the debugger, so the page's policy against foreign scripts stays as it is.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from './launch/chromium.ts';
import { withFakePage } from './support/fake-page.ts';
import { screens } from './support/screens.ts';

const skip = skipReason('accessibility of the page', missingChromium());
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(skip)('accessibility', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  for (const colorScheme of ['light', 'dark'] as const) {
    it.each(screens)(`axe finds nothing serious on $name, ${colorScheme}`, (screen) =>
      withFakePage(
        browser,
        async (fake) => {
          await screen.show(fake);
          expect(await fake.page.evaluate(() => document.documentElement.dataset.theme)).toBe(colorScheme);
          const folder = `out/screenshots/${colorScheme}`;
          mkdirSync(folder, { recursive: true });
          await fake.page.screenshot({ path: `${folder}/${screen.name}.png` });
          expect(await seriousViolations(fake.page)).toEqual([]);
        },
        { ...screen.options, context: { colorScheme, reducedMotion: 'reduce' } },
      ),
    );
  }
});

async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const results = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    return await axe.run({ resultTypes: ['violations'] });
  });
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary})`).join('; ')}`,
    );
}
