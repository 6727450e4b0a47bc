/** What goes wrong outside the page: missing folders, vanished files, an engine that is killed in the middle of its work. */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { writeTextFolder } from '../../support/write-text-folder.ts';
import { addFolder, waitUntilRead } from '../support/add-folder.ts';
import { ask } from '../support/ask.ts';
import { goTo } from '../support/go-to.ts';
import type { ScenarioRun } from './scenario-run.ts';

export function surviveFailureScenarios(run: ScenarioRun): void {
  it('says in the dialog why a folder cannot be added, and lets the person correct it', () =>
    run(async ({ page }, scratch) => {
      scratch.write('notes/tea.txt', 'Green tea is brewed at seventy degrees.');
      await goTo(page, 'library');
      await page.getByRole('button', { name: 'Add folder' }).first().click();
      await page.getByLabel('Path of the folder').fill(scratch.sub('no-such-folder'));
      await page.getByRole('button', { name: 'Add this folder' }).click();
      const problem = page.getByRole('dialog').getByRole('alert');
      await problem.waitFor();
      expect(await problem.textContent()).toContain('no-such-folder');
      await page.getByLabel('Path of the folder').fill(scratch.sub('notes'));
      await page.keyboard.press('Enter');
      await waitUntilRead(page);
    }));

  it('shows the state and the reason of every file that could not be read', () =>
    run(async ({ page }, scratch) => {
      scratch.write('papers/good.txt', 'A readable file.');
      scratch.write('papers/broken.pdf', '%PDF-1.7\nthis is no PDF');
      await addFolder(page, scratch.sub('papers'));
      const row = page.getByRole('row').filter({ hasText: 'broken' });
      await row.getByText('Failed').waitFor();
      expect(((await row.locator('.reason').textContent()) ?? '').length).toBeGreaterThan(10);
    }));

  it('tells of a document whose file is gone instead of showing an empty page', () =>
    run(async ({ page }, scratch) => {
      const file = scratch.write(
        'papers/harbour.md',
        '# Harbour\n\nThe crane in the harbour lifts nine tons.',
      );
      await addFolder(page, scratch.sub('papers'));
      await goTo(page, 'search');
      const hits = await ask(page, 'crane');
      rmSync(file);
      await hits.first().getByRole('link').click();
      // Either the engine has noticed by now that the document is gone, or its text stands in for the file.
      const gone = page.getByRole('alert').filter({ hasText: 'The document could not be opened.' });
      const text = page.getByText('The file cannot be read just now');
      await gone.or(text).first().waitFor();
    }));

  it('says that the engine was killed in mid-job, finds it again, and the job goes on', () =>
    run(async ({ page, killEngine, restartEngine }, scratch) => {
      // Short, since the encoder that ships reads them: some seconds, of which the first is the middle.
      writeTextFolder(scratch.sub('many'), 12, 'notes', [10, 20]);
      await goTo(page, 'library');
      await page.getByRole('button', { name: 'Add folder' }).first().click();
      await page.getByLabel('Path of the folder').fill(scratch.sub('many'));
      await page.keyboard.press('Enter');
      await page.locator('[data-job="index"][data-state="running"]').waitFor();
      await killEngine();
      await page.getByText('The search engine has stopped.').waitFor();
      await restartEngine();
      await page.getByText('The search engine has stopped.').waitFor({ state: 'hidden', timeout: 30_000 });
      await waitUntilRead(page);
      await page
        .getByText(/^12 documents/)
        .first()
        .waitFor();
      await goTo(page, 'search');
      expect(await (await ask(page, 'who repaired the roof')).count()).toBeGreaterThan(0);
    }));

  it('pauses, resumes and cancels reading', () =>
    run(async ({ page }, scratch) => {
      writeTextFolder(scratch.sub('many'), 600);
      await goTo(page, 'library');
      await page.getByRole('button', { name: 'Add folder' }).first().click();
      await page.getByLabel('Path of the folder').fill(scratch.sub('many'));
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /^Pause:/ }).click();
      await page.locator('[data-job="index"][data-state="paused"]').waitFor();
      await page.getByRole('button', { name: /^Resume:/ }).click();
      await page.locator('[data-job="index"][data-state="running"]').waitFor();
      await page.getByRole('button', { name: /^Cancel:/ }).click();
      // The batch at hand is finished first, which takes its time on a busy machine.
      await page.locator('[data-job="index"]').waitFor({ state: 'detached', timeout: 120_000 });
      await goTo(page, 'search');
    }));

  it('removes a folder and its documents from the search', () =>
    run(async ({ page }) => {
      await addFolder(page, resolve('resources/sample-library/recipes'));
      await page.getByRole('button', { name: /^Remove from library/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
      await page.getByText('No folders yet').waitFor();
    }));
}
