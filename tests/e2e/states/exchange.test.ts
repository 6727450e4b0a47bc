/** A library goes into a file and comes out of one on the page: the path is typed or chosen, folders are found again, and the work is shown. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { giveDesktop } from '../support/fake-desktop.ts';
import { type FakePage, withFakePage } from '../support/fake-page.ts';
import { tabTo } from '../support/keyboard.ts';

const skip = skipReason('exporting and importing', missingChromium());

describe.skipIf(skip)('a library in a file', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const inputsOf = ({ host }: FakePage, call: string) =>
    host.engine.calls.filter(({ name }) => name === call).map(({ input }) => input);
  const openImport = async (page: Page) => {
    await page.getByRole('button', { name: 'Import a library' }).click();
    return page.getByRole('dialog', { name: 'Import a library' });
  };

  it('is exported to the path that is typed, by keyboard, and says where it is', () =>
    withFakePage(browser, async (fake) => {
      const { page, visit } = fake;
      await visit('#/library');
      await page.locator('[data-library="default"]').waitFor();
      await tabTo(page, 'Export the library default');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Export the library “default”' });
      const path = dialog.getByLabel('Path of the new file');
      await expect.poll(() => path.inputValue()).toMatch(/^\/home\/ada\/default-\d{4}-\d\d-\d\d\.llara$/);
      await path.fill('/home/ada/there-already.llara');
      await page.keyboard.press('Enter');
      await dialog.getByRole('alert').getByText('Choose another name.').waitFor();
      await path.fill(' /mnt/stick/default.llara ');
      await tabTo(page, 'With what was read of the documents');
      await page.keyboard.press('Space');
      await tabTo(page, 'Export');
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'hidden' });
      expect(inputsOf(fake, 'libraries.export').at(-1)).toEqual({
        library: 'default',
        path: '/mnt/stick/default.llara',
        withIndex: true,
      });
      await page.locator('[data-job="export"]').waitFor();
      await page.getByText('The library default is in /mnt/stick/default.llara.').waitFor();
    }));

  it('is exported without what was read of its documents unless that is asked for', () =>
    withFakePage(browser, async (fake) => {
      const { page, visit } = fake;
      await visit('#/library');
      await page.getByRole('button', { name: 'Export the library default' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Path of the new file').fill('/mnt/stick/small.llara');
      await dialog.getByRole('button', { name: 'Export', exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
      expect(inputsOf(fake, 'libraries.export')).toMatchObject([{ withIndex: false }]);
    }));

  it('is not exported where it is only read', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      const { library } = host.engine.state;
      const shared = {
        address: 's3://team',
        access: 'read' as const,
        writer: 'ada',
        seenAt: 0,
        problem: null,
      };
      host.engine.state.otherLibraries = [{ ...library, name: 'team', shared }];
      await visit('#/library');
      const button = page.getByRole('button', { name: 'Export the library team' });
      await button.waitFor();
      expect(await button.isDisabled()).toBe(true);
      expect(await button.getAttribute('title')).toMatch(/ada writes this library/);
    }));

  it('is imported with its folders where they are here, by keyboard, and the work is shown', () =>
    withFakePage(browser, async (fake) => {
      const { page, visit } = fake;
      await visit('#/library');
      const dialog = await openImport(page);
      const path = dialog.getByLabel('Path of the file');
      await path.fill('/mnt/stick/holiday.jpg');
      await page.keyboard.press('Enter');
      await dialog.getByRole('alert').getByText('no library that was exported').waitFor();
      await path.fill('/mnt/stick/letters.llara');
      await page.keyboard.press('Enter');
      await dialog.getByText('The library “letters”, exported on Mar 4, 2026').waitFor();
      expect(await dialog.getByRole('alert').count()).toBe(0);

      const folders = dialog.getByRole('group', { name: 'Where its folders are on this machine' });
      const [moved, kept] = [
        folders.getByLabel('/Users/ada/Letters'),
        folders.getByLabel('/home/ada/Documents'),
      ];
      expect(await moved.inputValue()).toBe('/Users/ada/Letters');
      expect(await moved.getAttribute('aria-describedby')).not.toBeNull();
      expect(await folders.getByText('Not on this machine.').count()).toBe(1);
      expect(await kept.inputValue()).toBe('/home/ada/Documents');
      await tabTo(page, '/Users/ada/Letters');
      await page.keyboard.insertText('/home/ada/Letters');
      await tabTo(page, 'Take over the settings of the other machine');
      await page.keyboard.press('Space');
      await tabTo(page, 'Import');
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'hidden' });
      expect(inputsOf(fake, 'libraries.import')).toEqual([
        {
          path: '/mnt/stick/letters.llara',
          name: 'letters',
          map: [{ from: '/Users/ada/Letters', to: '/home/ada/Letters' }],
          settings: true,
        },
      ]);
      await page.locator('[data-job="import"]').waitFor();
      await page.getByText('The library letters is here.').waitFor();
      await page.locator('[data-library="letters"]').waitFor();
    }));

  it('is imported under another name where its own is taken, and looked into anew for another file', () =>
    withFakePage(browser, async (fake) => {
      const { page, host, visit } = fake;
      host.engine.state.archive = { ...host.engine.state.archive, library: 'default', withIndex: false };
      await visit('#/library');
      const dialog = await openImport(page);
      const path = dialog.getByLabel('Path of the file');
      await path.fill('/mnt/stick/default.llara');
      await dialog.getByRole('button', { name: 'Look inside' }).click();
      await dialog.getByRole('button', { name: 'Import', exact: true }).click();
      await dialog.getByRole('alert').getByText('There is already a library').waitFor();
      await dialog.getByLabel('Name on this machine').fill('Ada’s Mac');
      await dialog.getByText('It will be called ada-s-mac.').waitFor();
      await path.fill('/mnt/stick/other.llara');
      await dialog.getByLabel('Name on this machine').waitFor({ state: 'detached' });
      await dialog.getByRole('button', { name: 'Look inside' }).click();
      await dialog.getByLabel('Name on this machine').fill('second');
      await dialog.getByRole('button', { name: 'Import', exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
      expect(inputsOf(fake, 'libraries.import').at(-1)).toEqual({
        ...{ path: '/mnt/stick/other.llara', name: 'second', map: [], settings: false },
      });
      await page.getByText('Its documents are being read.').waitFor();
    }));

  it('comes from and goes to where the dialogs of the desktop say', () =>
    withFakePage(
      browser,
      async ({ page, host, visit }) => {
        await giveDesktop(page, host);
        await visit('#/library');
        await page.getByRole('button', { name: 'Export the library default' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('button', { name: 'Choose in a dialog…' }).click();
        const path = dialog.getByLabel('Path of the new file');
        await expect.poll(() => path.inputValue()).toMatch(/^\/picked\/default-.*\.llara$/);
        await dialog.getByRole('button', { name: 'Cancel' }).click();
        const importing = await openImport(page);
        await importing.getByRole('button', { name: 'Choose in a dialog…' }).click();
        await importing.getByText('The library “letters”').waitFor();
        const folder = importing.getByRole('textbox', { name: '/Users/ada/Letters' });
        await importing.getByRole('button', { name: 'Choose in a dialog…: /Users/ada/Letters' }).click();
        await expect.poll(() => folder.inputValue()).toBe('/picked/Letters');
      },
      // A page that has a shell is of no use to another test.
      { context: { viewport: { width: 1181, height: 780 } } },
    ));
});
