/** Adaptation from the plan to the roll-back, with the real trainer on a tiny encoder. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../../native/models/make-tiny-llama.ts';
import { addFolder } from '../support/add-folder.ts';
import { goTo } from '../support/go-to.ts';
import { writeTopicFolder } from '../support/write-topic-folder.ts';
import type { ScenarioRun } from './scenario-run.ts';

export function adaptEncoderScenarios(run: ScenarioRun): void {
  it('refuses to adapt on too few documents, with the numbers', () =>
    run(async ({ page }, scratch) => {
      await useTinyEncoder(page, scratch.sub('tiny.gguf'));
      writeTopicFolder(scratch.sub('few'), 4);
      await addFolder(page, scratch.sub('few'));
      await goTo(page, 'adapt');
      await page.getByText('A run cannot start just now.').waitFor();
      expect(await page.getByRole('button', { name: 'Start' }).isDisabled()).toBe(true);
    }));

  it(
    'plans, trains with a live curve, gives a verdict, and adopts and rolls back what won',
    { timeout: 600_000 },
    () =>
      run(async ({ page }, scratch) => {
        await useTinyEncoder(page, scratch.sub('tiny.gguf'));
        // Enough to learn from in less than the time, beside other work too.
        writeTopicFolder(scratch.sub('topics'), 60);
        await addFolder(page, scratch.sub('topics'));
        await goTo(page, 'adapt');
        await page.getByText('Training pairs').waitFor();
        await page.getByLabel('Time to spend').selectOption('1');
        await chooseMethods(page);
        await page.getByRole('button', { name: 'Start' }).click();
        await page.locator('[data-job="adapt"]').waitFor();

        const lastPoint = page.getByTestId('last-point');
        await lastPoint.waitFor({ timeout: 120_000 });
        await page.locator('.uplot canvas').waitFor();
        const first = await lastPoint.textContent();
        await expect.poll(() => lastPoint.textContent(), { timeout: 60_000, interval: 250 }).not.toBe(first);

        const adapter = page.locator('[data-adapter]');
        await adapter.waitFor({ timeout: 240_000 });
        expect(await adapter.textContent()).toMatch(/nDCG@10\s*0\.\d{3}\s*0\.\d{3}/);
        expect(await adapter.textContent()).toContain('Better');

        // A winner is taken into use by itself; the way back and forth is the person's.
        const moved = { timeout: 150_000 };
        await page.locator('[data-adapter][data-state="active"]').waitFor(moved);
        await adapter.getByRole('button', { name: 'Back to the plain encoder' }).click();
        await page.locator('[data-adapter][data-state="available"]').waitFor(moved);
        await adapter.getByRole('button', { name: 'Use it' }).click();
        await page.locator('[data-adapter][data-state="active"]').waitFor(moved);
      }),
  );
}

/** Each is explained and planned; at the end it is the default again, which for this encoder is contrast alone. */
async function chooseMethods(page: Page): Promise<void> {
  const method = page.getByLabel('How it learns');
  const planned = page.locator('dl').getByText('Sum up and continue, then find answers', { exact: true });
  expect(await method.inputValue()).toBe('auto');
  expect(await planned.count()).toBe(0);
  await method.selectOption('llara+contrastive');
  await planned.waitFor();
  await page.getByText('It learns both, one after the other, in the time you allow.').waitFor();
  await method.selectOption('llara');
  await page.locator('dl').getByText('Sum up and continue', { exact: true }).waitFor();
  await method.selectOption('auto');
  await page.locator('dl').getByText('Find answers', { exact: true }).waitFor();
}

async function useTinyEncoder(page: Page, path: string): Promise<void> {
  await makeTinyLlama(await NativeRuntime.create(), path, { layerCount: 1 });
  await goTo(page, 'models');
  await page.getByLabel('Path of a GGUF file').fill(path);
  await page.getByRole('button', { name: 'Import' }).click();
  const row = page.locator('[data-model]').filter({ hasText: 'Imported' });
  await row.waitFor();
  const use = row.getByRole('button', { name: 'Use' });
  if (await use.isVisible()) await use.click();
  await row.getByText('In use').waitFor({ timeout: 60_000 });
}
