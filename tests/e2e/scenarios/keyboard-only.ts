/** The whole way without a mouse, with the focus visible at every stop. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { focusIndicator, tabTo } from '../support/keyboard.ts';
import type { ScenarioRun } from './scenario-run.ts';

export function keyboardOnlyScenarios(run: ScenarioRun): void {
  it('adds, searches, opens, returns and judges with the keyboard alone', () =>
    run(async ({ page }, scratch) => {
      for (const room of ['kitchen', 'cellar', 'attic'])
        scratch.write(`papers/${room}.txt`, `The landlady keeps the key of the ${room} by the door.`);
      await page.getByRole('button', { name: 'Add folder' }).waitFor();
      await tabTo(page, 'Add folder');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await tabTo(page, 'Path of the folder');
      await page.keyboard.press('Control+a');
      await page.keyboard.type(scratch.sub('papers'));
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Now ask something' }).waitFor({ timeout: 120_000 });
      await tabTo(page, 'Done. Open the search');
      await page.keyboard.press('Enter');

      await page.getByRole('navigation', { name: 'Views' }).waitFor();
      await page.locator('input[type="search"]:focus').waitFor();
      await page.keyboard.type('landlady');
      await page.locator('[data-hit]').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      expect(await focusedHit(page)).toBe('1');
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: 'Document' }).waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => focusedHit(page)).toBe('1');

      await tabTo(page, 'Why this hit?');
      await page.keyboard.press('Enter');
      await page.getByText('Every passage is ranked in both ways.').waitFor();
      await page.keyboard.press('Escape');
      await tabTo(page, 'Helpful');
      await page.keyboard.press('Space');
      await page.getByText('Noted.').waitFor();

      await page.keyboard.press('/');
      await page.locator('input[type="search"]:focus').waitFor();
      await page.keyboard.press('Escape');
      expect(await page.getByRole('searchbox').inputValue()).toBe('');

      await tabTo(page, 'Library', true);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Library' }).waitFor();
    }));

  it('shows where the focus is at every stop of every screen', () =>
    run(async ({ page }) => {
      await page.getByRole('button', { name: 'Skip the guide' }).click();
      for (const view of ['Search', 'Library', 'Adapt', 'Models', 'Settings']) {
        await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click();
        await page.waitForTimeout(300);
        await page.locator('main').focus();
        for (let stop = 0; stop < 12; stop += 1) {
          await page.keyboard.press('Tab');
          const seen = await focusIndicator(page);
          if (seen.name === 'body') break;
          expect(seen.visible, `${view}: focus on ${seen.name}`).toBe(true);
        }
      }
    }));
}

function focusedHit(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-hit]')?.dataset.hit ?? null);
}
