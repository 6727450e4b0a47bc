/** A second library beside the sample: made, filled, searched on its own, renamed, and taken away again. */
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { addFolder, waitUntilRead } from '../support/add-folder.ts';
import { ask } from '../support/ask.ts';
import { goTo } from '../support/go-to.ts';
import type { ScenarioRun } from './scenario-run.ts';

/** Each starts with the sample library read. */
export function severalLibrariesScenarios(run: ScenarioRun): void {
  it('keeps a second library apart from the first, under any name, and removes it without a trace in the search', () =>
    run(async ({ page, reload }, scratch) => {
      const note = scratch.write('harbour/crane.txt', 'The crane in the harbour lifts nine tons.');
      await goTo(page, 'library');
      await page.getByRole('button', { name: 'New library' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('Work papers');
      await page.keyboard.press('Enter');
      await page.locator('[data-library="work-papers"]').getByText('In use').waitFor();
      await addFolder(page, scratch.sub('harbour'));
      await goTo(page, 'search');
      expect(await (await ask(page, 'crane')).count()).toBe(1);

      scratch.write('desk/letters.txt', 'Not to be searched: the crane of the neighbour.');
      await goTo(page, 'library');
      await page.getByRole('button', { name: 'Add file' }).click();
      const adding = page.getByRole('dialog', { name: 'Add a file' });
      await adding
        .getByLabel('Path of the file')
        .fill(scratch.write('desk/pier.txt', 'The pier is 90 metres long.'));
      await adding.getByText('1 document').waitFor();
      await adding.getByRole('button', { name: 'Add this file' }).click();
      await adding.waitFor({ state: 'hidden' });
      await page.getByText('2 documents · 2 passages').waitFor();
      await waitUntilRead(page);
      await goTo(page, 'search');
      expect(await (await ask(page, 'pier')).first().textContent()).toContain('90 metres');

      await goTo(page, 'library');
      await page.getByRole('button', { name: 'Rename the library work-papers' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('port');
      await page.keyboard.press('Enter');
      await page.locator('[data-library="port"]').getByText('In use').waitFor();
      await reload();
      await goTo(page, 'search');
      expect(await (await ask(page, 'crane')).first().textContent()).toContain('nine tons');

      await goTo(page, 'library');
      await page.getByRole('button', { name: 'Remove the library port' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await page.locator('[data-library="default"]').getByText('In use').waitFor();
      await goTo(page, 'search');
      const hits = await ask(page, 'crane');
      expect(await hits.filter({ hasText: 'nine tons' }).count()).toBe(0);
      expect(await (await ask(page, 'landlady')).count()).toBeGreaterThan(0);
      expect(existsSync(note)).toBe(true);
    }));
}
