/** Adding and changing folders and libraries by hand. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { withFakePage } from '../support/fake-page.ts';

const skip = skipReason('folders and libraries', missingChromium());

describe.skipIf(skip)('the page about folders and libraries', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it.each([
    ['/home/ada/lease.pdf', 'Add a file', 'Add this file'],
    ['/home/ada/Music', 'Add a folder', 'Add this folder'],
  ])('offers %s, which was dropped on the program, as what it is', (path, title, action) =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit(`#/library?add=${encodeURIComponent(path)}`);
      const dialog = page.getByRole('dialog', { name: title });
      await dialog.getByRole('button', { name: action }).click();
      await dialog.waitFor({ state: 'hidden' });
      expect(host.engine.state.library.folders.at(-1)).toMatchObject({
        path,
        isFile: title === 'Add a file',
      });
      await page.getByText(path, { exact: true }).waitFor();
    }),
  );

  it('adds a folder from the menu to the library in use', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/library');
      await page.getByRole('button', { name: 'New library' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('work');
      await page.keyboard.press('Enter');
      await page.locator('[data-library="work"]').getByText('In use').waitFor();
      // As the menu's entry opens it, with a folder that was picked.
      await visit('#/library?add=%2Fhome%2Fada%2FMusic');
      await dialog.getByRole('button', { name: 'Add this folder' }).click();
      await dialog.waitFor({ state: 'hidden' });
      const added = host.engine.calls.filter(({ name }) => name === 'folders.add');
      expect(added.map(({ input }) => input)).toEqual([
        expect.objectContaining({ library: 'work', path: '/home/ada/Music' }),
      ]);
    }));

  it('lets a path be typed in place of the one that comes while the field has the focus', () =>
    withFakePage(browser, async ({ page, visit }) => {
      const held: (() => void)[] = [];
      await page.route('**/rpc/folders/browse', async (route) => {
        await new Promise<void>((release) => held.push(release));
        await route.continue();
      });
      await visit('#/library');
      await page.getByRole('button', { name: 'Add folder' }).first().click();
      const field = page.getByLabel('Path of the folder');
      await field.focus();
      await expect.poll(() => held.length).toBe(1);
      held[0]!();
      await expect.poll(() => field.inputValue()).toBe('/home/ada');
      await page.keyboard.insertText('/home/ada/Recipes');
      expect(await field.inputValue()).toBe('/home/ada/Recipes');
    }));

  it('changes what a folder leaves out', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/library');
      await page.getByRole('button', { name: /^Leave out…/ }).click();
      const patterns = page.getByLabel('Leave out (one pattern per line)');
      expect(await patterns.inputValue()).toBe('drafts/**');
      await patterns.fill('drafts/**\n\n  *.log ');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Left out: drafts/**, *.log').waitFor();
      expect(host.engine.state.library.folders[0]?.exclude).toEqual(['drafts/**', '*.log']);
    }));

  it('chooses a folder by walking through the folders', () =>
    withFakePage(
      browser,
      async ({ page, host, visit }) => {
        await visit('#/library');
        await page.getByRole('button', { name: 'Add folder' }).first().click();
        await page.getByRole('button', { name: 'Pictures' }).click();
        await expect
          .poll(() => page.getByLabel('Path of the folder').inputValue())
          .toBe('/home/ada/Pictures');
        await page.getByRole('button', { name: 'Parent folder' }).click();
        await page.getByRole('button', { name: 'Documents', exact: true }).click();
        await expect
          .poll(() => page.getByLabel('Path of the folder').inputValue())
          .toBe('/home/ada/Documents');
        await page.getByRole('button', { name: 'Add this folder' }).click();
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
        expect(host.engine.state.library.folders[0]?.path).toBe('/home/ada/Documents');
      },
      { empty: true },
    ));

  it('makes, renames and removes a library, and keeps to the default one at the end', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/library');
      const rows = page.locator('[data-library]');
      await rows.first().waitFor();
      expect(await rows.count()).toBe(1);
      expect(await rows.first().getByRole('button').allTextContents()).toEqual(['Export']);

      await page.getByRole('button', { name: 'New library' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('default');
      await dialog.getByRole('button', { name: 'New library' }).click();
      await dialog.getByRole('alert').getByText('There is already a library').waitFor();
      await dialog.getByLabel('Name').fill('Große Fälle 2');
      await dialog.getByText('It will be called gro-e-falle-2.').waitFor();
      await dialog.getByLabel('Name').fill('Case files');
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'hidden' });
      await page.locator('[data-library="case-files"]').getByText('In use').waitFor();
      await page.getByText('No folders yet').waitFor();
      expect(await page.getByLabel('Library in use').inputValue()).toBe('case-files');

      await page.getByRole('button', { name: 'Rename the library case-files' }).click();
      await dialog.getByLabel('Name').fill('archive');
      await page.keyboard.press('Enter');
      await page.locator('[data-library="archive"]').getByText('In use').waitFor();
      await page.locator('[data-library="case-files"]').waitFor({ state: 'detached' });
      // The library in use is remembered over a reload.
      await visit('#/library');
      await page.locator('[data-library="archive"]').getByText('In use').waitFor();

      await page.getByRole('button', { name: 'Remove the library archive' }).click();
      await dialog.getByRole('button', { name: 'Remove' }).click();
      await page.locator('[data-library="default"]').getByText('In use').waitFor();
      expect(await rows.count()).toBe(1);
      await page.getByText('Tenancy agreement').waitFor();
      expect(host.engine.state.otherLibraries).toEqual([]);
    }));
});
