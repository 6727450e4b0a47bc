/** The main job: a folder, an index, a question, and the marked passage on its page. */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { ask } from '../support/ask.ts';
import { goTo } from '../support/go-to.ts';
import { markedText } from '../support/marked-text.ts';
import type { ScenarioRun } from './scenario-run.ts';

const sampleLibrary = resolve('resources/sample-library');

/** `runOnSample` starts with the sample library read. */
export function findPassageScenarios(run: ScenarioRun, runOnSample: ScenarioRun): void {
  it('leads a newcomer from an empty library to the first answer', () =>
    run(async ({ page, reload }) => {
      await page.getByRole('heading', { name: 'Find the passage, not just the file.' }).waitFor();
      await page.getByRole('button', { name: 'Add folder' }).click();
      await page.getByLabel('Path of the folder').fill(sampleLibrary);
      await page.getByLabel('Path of the folder').press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('heading', { name: 'Now ask something' }).waitFor({ timeout: 120_000 });
      const hits = await ask(page, 'landlady agreement dog');
      expect(await hits.first().textContent()).toMatch(/dog/i);
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: 'Document' }).waitFor();
      await reload();
      await page.getByRole('searchbox').waitFor();
      expect(await page.getByRole('heading', { name: 'Find the passage' }).count()).toBe(0);
    }));

  it('opens a PDF at the page and marks the passage there', () =>
    runOnSample(async ({ page }) => {
      await goTo(page, 'search');
      const hits = await ask(page, 'dog needs the agreement of the landlady');
      const hit = hits.filter({ hasText: /dog/i }).filter({ hasText: 'p. 2' }).first();
      await hit.getByRole('link').click();

      const sheet = page.locator('[data-page="2"]');
      await sheet.locator('.stroke').first().waitFor();
      expect(await page.getByText(/Page 2 of \d/).count()).toBeGreaterThan(0);
      expect(await markedText(sheet)).toMatch(/dog/i);
      // Marked where a person looks, not somewhere off the screen.
      const box = await sheet.locator('.stroke').first().boundingBox();
      expect(box!.y).toBeGreaterThan(60);
      expect(box!.y + box!.height).toBeLessThan(780);
      mkdirSync('out/screenshots', { recursive: true });
      const notice = page.locator('.notice').getByRole('button', { name: 'Close' });
      while (await notice.first().isVisible()) await notice.first().click();
      await page.waitForTimeout(300);
      await page.screenshot({ path: 'out/screenshots/found-passage.png' });
    }));

  it('steps from passage to passage in a document and back to the results', () =>
    runOnSample(async ({ page }) => {
      await goTo(page, 'search');
      await ask(page, 'kiln temperature');
      const group = page
        .locator('.group')
        .filter({ has: page.locator('.further') })
        .first();
      await group.locator('.further').click();
      expect(await group.locator('[data-hit]').count()).toBeGreaterThan(1);
      await group.locator('[data-hit] > a').first().click();
      const position = page.getByText(/^Passage \d of \d$/);
      await position.waitFor();
      const before = await position.textContent();
      await page.keyboard.press('n');
      await expect.poll(() => position.textContent()).not.toBe(before);
      await page.keyboard.press('p');
      await expect.poll(() => position.textContent()).toBe(before);
      await page.keyboard.press('Escape');
      await page.getByRole('searchbox').waitFor();
      expect(await page.getByRole('searchbox').inputValue()).toBe('kiln temperature');
    }));
}
