/** Where else a document is, and questions that a person keeps: to be seen, opened, renamed and removed, by the keyboard too. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeSearch } from '../support/fake-engine/fake-search.ts';
import { launchChromium, missingChromium, skipReason } from './launch/chromium.ts';
import { type FakePage, withFakePage } from './support/fake-page.ts';
import { tabTo } from './support/keyboard.ts';

const skip = skipReason('copies and saved searches', missingChromium());
const gardenPath = '/home/ada/Documents/notes/garden.md';

describe.skipIf(skip)('a document with copies', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const ask = async ({ page, host, visit }: FakePage) => {
    const { state } = host.engine;
    state.answer = (query) => {
      const response = fakeSearch(state.documents, { query, mode: 'hybrid' });
      const groups = response.groups.map((group) => ({
        ...group,
        places: [group.document.path, gardenPath, '/home/ada/Documents/old/gone.md'],
      }));
      return { ...response, groups };
    };
    await visit('#/search?q=wobble');
    await page.locator('[data-hit]').first().waitFor();
  };

  it.each([900, 1280])('opens another place of it, %i wide', (width) =>
    withFakePage(
      browser,
      async (fake) => {
        await ask(fake);
        const { page } = fake;
        await page.getByRole('searchbox').focus();
        await tabTo(page, 'Also in 2 other places');
        await page.keyboard.press('Enter');
        const list = page.locator('.places-popover');
        await list.getByRole('button', { name: 'Open: /home/ada/Documents/old/gone.md' }).click();
        await page.getByText('/home/ada/Documents/old/gone.md is no longer in the library.').waitFor();
        await list.getByRole('button', { name: `Open: ${gardenPath}` }).click();
        await page.locator('header').getByRole('heading', { level: 1, name: 'Kitchen garden' }).waitFor();
        expect(await page.evaluate(() => location.hash)).toMatch(/^#\/document\/garden/);
      },
      { context: { viewport: { width, height: 800 } } },
    ),
  );

  it('is said to be one in the list of documents', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.state.places.set('lease', ['/home/ada/Documents/lease.pdf', gardenPath]);
      await visit('#/library');
      const row = page.getByRole('row').filter({ hasText: 'Also in 1 other place' });
      await row.waitFor();
      await row.getByRole('button', { name: 'Also in 1 other place' }).click();
      await page
        .locator('.places-popover')
        .getByRole('button', { name: `Open: ${gardenPath}` })
        .waitFor();
    }));

  it('keeps a search with its filters, tells what is new, renames, removes and brings back', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      const { state } = host.engine;
      await visit('#/search?q=lease&type=pdf');
      await page.locator('[data-hit]').first().waitFor();
      await page.getByRole('button', { name: 'Save this search' }).click();
      await page.getByLabel('Name of the saved search').fill('The flat');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Saved', exact: true }).waitFor();
      expect(state.saved).toMatchObject([{ name: 'The flat', query: 'lease type:pdf', mode: 'hybrid' }]);

      state.saved = state.saved.map((saved) => ({ ...saved, newDocumentIds: ['lease', 'boat', 'wheel'] }));
      await visit('#/search');
      await page.locator('[data-saved="The flat"]').getByText('3 new').waitFor();
      await page.getByRole('button', { name: 'Rename the saved search The flat' }).click();
      await page.getByLabel('Name of the saved search').fill('Home');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Remove the saved search Home' }).click();
      await page.locator('[data-saved]').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Undo' }).click();

      await page.locator('[data-saved="Home"]').getByRole('button', { name: /^Home/ }).click();
      await page.locator('[data-hit]').first().waitFor();
      expect(await page.getByRole('searchbox').inputValue()).toBe('lease');
      expect(await page.locator('[data-filter="type"]').textContent()).toContain('PDF');
      expect(host.engine.calls.some(({ name }) => name === 'saved.look')).toBe(true);
    }));
});
