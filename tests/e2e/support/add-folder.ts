/** Adds a folder in the dialog of the library screen and waits until everything in it has been read. */

import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { goTo } from './go-to.ts';

export async function addFolder(page: Page, path: string): Promise<void> {
  await goTo(page, 'library');
  await page.getByRole('button', { name: 'Add folder' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a folder' });
  await dialog.getByLabel('Path of the folder').fill(path);
  await dialog.getByRole('button', { name: 'Add this folder' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await waitUntilRead(page);
}

/** No job is left on the library screen, and documents are counted. */
export async function waitUntilRead(page: Page): Promise<void> {
  await expect
    .poll(
      async () =>
        (await page.locator('[data-job="index"], [data-job="switch"]').count()) === 0 &&
        (await page.getByText(/[1-9]\d* documents? · [\d,]+ passages?/).count()) > 0,
      { timeout: 200_000, interval: 200 },
    )
    .toBe(true);
}
