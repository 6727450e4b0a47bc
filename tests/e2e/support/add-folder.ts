/** Adds a folder in the dialog of the library screen and waits until everything in it has been read. */
import type { Page } from 'playwright-core';
import { goTo } from './go-to.ts';

export async function addFolder(page: Page, path: string): Promise<void> {
  await goTo(page, 'library');
  await page.getByRole('button', { name: 'Add folder' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a folder' });
  await dialog.getByLabel('Path of the folder').fill(path);
  await dialog.getByRole('button', { name: 'Add this folder' }).click();
  await dialog.waitFor({ state: 'hidden' }).catch(async (error: unknown) => {
    // The dialog itself says what is wrong, where the engine answered.
    const seen = (await dialog.isVisible()) ? await dialog.ariaSnapshot() : 'It has closed since.';
    throw new Error(`The dialog of folders stayed open:\n${seen}`, { cause: error });
  });
  await waitUntilRead(page);
}

/** No job is left on the library screen, and documents are counted. */
export async function waitUntilRead(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('[data-job="index"], [data-job="switch"]') === null &&
      /[1-9]\d* documents? · [\d,]+ passages?/.test(document.querySelector('main')?.textContent ?? ''),
    undefined,
    { timeout: 200_000, polling: 100 },
  );
}
