/** What a person does with an answer: narrows it, asks why, says whether it helped. */
import { expect, it } from 'vitest';
import { ask } from '../support/ask.ts';
import { goTo } from '../support/go-to.ts';
import type { ScenarioRun } from './scenario-run.ts';

/** Each starts with the sample library read. */
export function narrowAndJudgeScenarios(run: ScenarioRun): void {
  it('narrows an answer by type, path and date, and widens it again', () =>
    run(async ({ page }) => {
      await goTo(page, 'search');
      await ask(page, 'water');
      const kinds = page.locator('.about .kind');
      const all = await kinds.allTextContents();
      expect(new Set(all).size).toBeGreaterThan(1);

      await page.getByRole('button', { name: 'Type', exact: true }).click();
      await page.getByRole('checkbox', { name: 'Text', exact: true }).check();
      await expect.poll(async () => new Set(await kinds.allTextContents())).toEqual(new Set(['Text']));
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Remove filter Text' }).click();
      await expect.poll(() => kinds.allTextContents()).toEqual(all);

      await page.getByRole('button', { name: 'Path', exact: true }).click();
      await page.getByLabel('Part of a folder or file name').fill('recipes');
      const paths = page.locator('.about .path');
      await expect
        .poll(async () => (await paths.allTextContents()).every((path) => path.startsWith('recipes')))
        .toBe(true);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Remove filter recipes' }).click();

      await page.getByRole('button', { name: 'Changed', exact: true }).click();
      await page.getByLabel('Before', { exact: true }).fill('1990-01-01');
      await page.getByText('Nothing found with these filters.').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await expect.poll(() => kinds.count()).toBe(all.length);
    }));

  it('says why a passage came up and takes a verdict', () =>
    run(async ({ page }) => {
      await goTo(page, 'search');
      const hits = await ask(page, 'landlady');
      await hits.first().hover();
      await hits.first().getByRole('button', { name: 'Why this hit?' }).click();
      const why = page.getByLabel('Why this hit', { exact: true });
      await why.getByText('Matching words').waitFor();
      expect((await why.locator('mark').first().textContent())?.toLowerCase()).toContain('landlady');
      await page.keyboard.press('Escape');
      const helpful = hits.first().getByRole('button', { name: 'Helpful', exact: true });
      await helpful.click();
      await page.getByText('Noted. It stays on this machine').waitFor();
      expect(await helpful.getAttribute('aria-pressed')).toBe('true');
    }));

  it('remembers what was asked and opened', () =>
    run(async ({ page, reload }) => {
      await goTo(page, 'search');
      const hits = await ask(page, 'lentil soup');
      await hits.first().getByRole('link').click();
      await page.getByRole('button', { name: 'Back to the results' }).waitFor();
      await reload();
      await goTo(page, 'search');
      await page.getByRole('button', { name: 'lentil soup' }).click();
      await page.locator('[data-hit]').first().waitFor();
    }));
}
