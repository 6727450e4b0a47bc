/** Encoders: a file that is none is refused in words; a real one is imported, and the search moves over to it. */
import { expect, it } from 'vitest';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../../native/models/make-tiny-llama.ts';
import { addFolder } from '../support/add-folder.ts';
import { ask } from '../support/ask.ts';
import { goTo } from '../support/go-to.ts';
import type { ScenarioRun } from './scenario-run.ts';

export function useModelScenarios(run: ScenarioRun): void {
  it('imports an encoder from disk and moves the search over to it', () =>
    run(async ({ page }, scratch) => {
      const model = scratch.sub('tiny.gguf');
      await makeTinyLlama(await NativeRuntime.create(), model);
      scratch.write('papers/bread.txt', 'Bread dough rises for an hour in a warm place.');
      await addFolder(page, scratch.sub('papers'));
      await goTo(page, 'models');

      await page.getByLabel('Path of a GGUF file').fill(scratch.write('no-model.gguf', 'not a model'));
      await page.getByRole('button', { name: 'Import' }).click();
      await page.locator('.notice.bad').waitFor();
      expect(await page.locator('.notice.bad').textContent()).toContain('no-model.gguf');
      await page.locator('.notice.bad').getByRole('button', { name: 'Close' }).click();

      await page.getByLabel('Path of a GGUF file').fill(model);
      await page.getByRole('button', { name: 'Import' }).click();
      const row = page.locator('[data-model]').filter({ hasText: 'Imported' });
      await row.waitFor();
      const use = row.getByRole('button', { name: 'Use' });
      if (await use.isVisible()) await use.click();
      await row.getByText('In use').waitFor({ timeout: 60_000 });
      await goTo(page, 'search');
      expect(await (await ask(page, 'dough')).count()).toBe(1);
    }));
}
