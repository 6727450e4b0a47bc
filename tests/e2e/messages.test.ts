/** What the page tells: in one place and counted, never above a button, with a way back where there is one and a question where not. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from './launch/chromium.ts';
import { withFakePage } from './support/fake-page.ts';

const skip = skipReason('the messages of the page', missingChromium());

describe.skipIf(skip)('the page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const notices = (page: Page) => page.locator('.notices .notice');

  it('tells the same failure once and counts it, covers nothing with it, and lets it be closed', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.failures.set('libraries.index', { code: 'internal', message: 'The disk makes noises.' });
      await visit('#/library');
      const check = page.getByRole('button', { name: 'Check for changes' });
      for (const said of ['The disk makes noises.', '(2 times)', '(3 times)']) {
        await check.click();
        await notices(page).getByText(said).waitFor();
      }
      expect(await notices(page).count()).toBe(1);
      expect(await page.evaluate(coveredByNotices)).toEqual([]);
      await notices(page).getByRole('button', { name: 'Close' }).click();
      await notices(page).waitFor({ state: 'detached' });
    }));

  it('shows one of several messages, and the others on demand', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.failures.set('libraries.index', { code: 'internal', message: 'The disk makes noises.' });
      host.engine.failures.set('documents.reindex', { code: 'internal', message: 'The file is locked.' });
      await visit('#/library');
      await page.getByRole('button', { name: 'Check for changes' }).click();
      await notices(page).getByText('noises').waitFor();
      await page.getByRole('button', { name: 'Read again: Kitchen garden' }).click();
      await notices(page).getByText('locked').waitFor();
      expect(await notices(page).count()).toBe(1);
      await page.getByRole('button', { name: '1 more message' }).click();
      await notices(page).getByText('noises').waitFor();
      expect(await notices(page).count()).toBe(2);
    }));

  it('asks before everything is read again', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      const forced = () => host.engine.calls.filter(({ name }) => name === 'libraries.index');
      await visit('#/library');
      await page.getByRole('button', { name: 'Read everything again' }).click();
      const dialog = page.getByRole('dialog', { name: 'Read everything again?' });
      await dialog.getByText('All of 4 documents').waitFor();
      expect(forced()).toEqual([]);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.waitFor({ state: 'hidden' });
      expect(forced()).toEqual([]);
      await page.getByRole('button', { name: 'Read everything again' }).click();
      await dialog.getByRole('button', { name: 'Read everything again' }).click();
      await expect
        .poll(forced)
        .toEqual([expect.objectContaining({ input: { library: 'default', force: true } })]);
    }));

  it('takes back what a folder leaves out, and refuses a pattern that would match nothing', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      const left = () => host.engine.state.library.folders[0]?.exclude;
      await visit('#/library');
      await page.getByRole('button', { name: /^Leave out…/ }).click();
      const patterns = page.getByLabel('Leave out (one pattern per line)');
      await patterns.fill('*.{log');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('dialog').getByRole('alert').getByText('*.{log').waitFor();
      expect(left()).toEqual(['drafts/**']);
      await patterns.fill('*.log');
      await page.getByRole('button', { name: 'Save' }).click();
      await expect.poll(left).toEqual(['*.log']);
      await notices(page).getByRole('button', { name: 'Undo' }).click();
      await expect.poll(left).toEqual(['drafts/**']);
    }));

  it('names a library that cannot be opened, with its reason', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.state.unavailableLibraries = [
        { name: 'old-papers', reason: 'Its index was written by a newer version.' },
      ];
      await visit('#/library');
      const missing = page.locator('[data-unavailable="old-papers"]');
      await missing.getByText('old-papers: cannot be opened').waitFor();
      await missing.getByText('Its index was written by a newer version.').waitFor();
    }));

  it('says how far meaning is, in the library and under a question, as long as it is incomplete', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      const { state } = host.engine;
      state.library = { ...state.library, meaning: { passages: 1586, embedded: 540 } };
      const said = page.getByText('Words of all 1,586 passages, meaning of 34 %.');
      await visit('#/library');
      await said.waitFor();
      await visit('#/search?q=boat');
      await said.waitFor();
      state.library = { ...state.library, meaning: { passages: 1586, embedded: 1586 } };
      await visit('#/search?q=boat');
      await page.locator('[data-hit]').first().waitFor();
      expect(await page.getByText('Words of all').count()).toBe(0);
    }));

  it('says how to get documents where none could be read, rather than to try other words', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      const { state } = host.engine;
      const counts = { ...state.library.counts, indexed: 0 };
      state.library = { ...state.library, counts };
      await visit('#/search');
      await page.getByText('None of your folders holds a document that could be read.').waitFor();
      await page.getByRole('searchbox').fill('xylophone');
      await page.getByText('None of your folders holds').waitFor();
      expect(await page.getByText('Try other words').count()).toBe(0);
      await page.getByRole('button', { name: 'Add a folder' }).click();
      await page.getByRole('dialog', { name: 'Add a folder' }).waitFor();
    }));

  it('lists what was done in the last week, with what went wrong', () =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await visit('#/library');
        await page.getByRole('button', { name: 'Check for changes' }).click();
        await page.getByText('The last week (1)').click();
        await page
          .locator('[data-ended="completed"]')
          .getByText(/^Done · 6 of 6 files/)
          .waitFor();
      },
      { stepMs: 20 },
    ));

  it('goes on with an index run that was given up, from the last week', () =>
    withFakePage(
      browser,
      async ({ page, host, visit }) => {
        await visit('#/library');
        await page.getByRole('button', { name: 'Check for changes' }).click();
        await page
          .getByRole('button', { name: /^Cancel: / })
          .first()
          .click();
        await page.getByText('The last week (1)').click();
        await page.locator('[data-ended="cancelled"]').getByRole('button', { name: 'Go on with it' }).click();
        await expect.poll(() => host.engine.calls.map(({ name }) => name)).toContain('jobs.retry');
      },
      { stepMs: 2000 },
    ));
});

/** Runs in the page: the buttons that lie under a notice. */
function coveredByNotices(): string[] {
  const boxes = [...document.querySelectorAll('.notice')].map((notice) => notice.getBoundingClientRect());
  return [...document.querySelectorAll('main button, main a')]
    .filter((button) => {
      const own = button.getBoundingClientRect();
      const main = button.closest('main')!.getBoundingClientRect();
      const bottom = Math.min(own.bottom, main.bottom);
      return boxes.some(
        (box) =>
          own.top < bottom &&
          bottom > box.top &&
          own.top < box.bottom &&
          own.right > box.left &&
          own.left < box.right,
      );
    })
    .map((button) => button.textContent?.trim() ?? '');
}
