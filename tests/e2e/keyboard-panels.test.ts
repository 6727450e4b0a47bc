/** The panels without a mouse: every job, dialog, list and setting that the scenario of the search does not come by. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from './launch/chromium.ts';
import { withFakePage } from './support/fake-page.ts';
import { tabTo } from './support/keyboard.ts';

const skip = skipReason('the panels by keyboard', missingChromium());

describe.skipIf(skip)('by keyboard alone', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const press = async (page: Page, name: string) => {
    await tabTo(page, name);
    await page.keyboard.press('Enter');
  };

  it('plans, starts, pauses and resumes a run, adopts what came of it, and goes back', () =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await visit('#/adapt');
        await page.getByText('Training pairs').waitFor();
        await tabTo(page, 'Time to spend');
        await page.keyboard.press('ArrowUp');
        await page.getByText('5 min', { exact: true }).waitFor();
        await press(page, 'Start');
        await page.locator('[data-job="adapt"][data-state="running"]').waitFor();
        await press(page, 'Pause: Adapting to your documents');
        await page.locator('[data-job="adapt"][data-state="paused"]').waitFor();
        await press(page, 'Resume: Adapting to your documents');
        await page.locator('[data-adapter="a2"]').waitFor();
        await press(page, 'Use it');
        await page.locator('[data-adapter][data-state="active"]').waitFor();
        await press(page, 'Back to the plain encoder');
        await page.locator('[data-adapter][data-state="active"]').waitFor({ state: 'detached' });
      },
      { stepMs: 120 },
    ));

  it('imports, downloads and chooses an encoder, and probes the devices', () =>
    withFakePage(
      browser,
      async ({ page, host, visit }) => {
        await visit('#/models');
        await page.getByText('nomic-embed-text').waitFor();
        await press(page, 'Download');
        await page.getByRole('dialog').waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
        // The focus is back where the dialog was opened from.
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').waitFor();
        await press(page, 'Download');
        await page.locator('[data-job="download"]').waitFor();
        await page.locator('[data-job="download"]').waitFor({ state: 'detached' });
        await tabTo(page, 'Path of a GGUF file');
        await page.keyboard.type('/home/ada/own.gguf');
        await page.keyboard.press('Enter');
        const own = page.locator('[data-model]').filter({ hasText: 'own.gguf' });
        await own.waitFor();
        await press(page, 'Use');
        await expect.poll(() => host.engine.state.models.filter(({ active }) => active).length).toBe(1);
        await press(page, 'Probe the devices');
        await page.getByText('46 passages/s').waitFor();
      },
      { stepMs: 20 },
    ));

  it('edits what a folder leaves out, and makes, renames and removes a library', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/library');
      await page.getByText('Tenancy agreement').waitFor();
      await press(page, 'Leave out…: /home/ada/Documents');
      await tabTo(page, 'Leave out (one pattern per line)');
      await page.keyboard.press('Control+End');
      await page.keyboard.type('\n*.log');
      await press(page, 'Save');
      await expect.poll(() => host.engine.state.library.folders[0]?.exclude).toEqual(['drafts/**', '*.log']);
      await page.getByRole('dialog').waitFor({ state: 'hidden' });

      await press(page, 'New library');
      await page.getByRole('dialog').waitFor();
      await tabTo(page, 'Name');
      await page.keyboard.type('work');
      await page.keyboard.press('Enter');
      await page.locator('[data-library="work"]').getByText('In use').waitFor();
      await press(page, 'Rename the library work');
      await page.getByRole('dialog').waitFor();
      await tabTo(page, 'Name');
      await page.keyboard.press('Control+a');
      await page.keyboard.type('papers');
      await page.keyboard.press('Enter');
      await page.locator('[data-library="papers"]').waitFor();
      await press(page, 'Use the library default');
      await page.locator('[data-library="default"]').getByText('In use').waitFor();
      await press(page, 'Remove the library papers');
      await page.getByRole('dialog').waitFor();
      await press(page, 'Remove');
      await page.locator('[data-library="papers"]').waitFor({ state: 'detached' });
    }));

  it('changes settings of every kind', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/settings');
      await page.getByText('Appearance').waitFor();
      await tabTo(page, 'As the system');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await expect.poll(() => host.engine.state.settings.theme).toBe('dark');
      await tabTo(page, 'Watch folders for changes');
      await page.keyboard.press('Space');
      await expect.poll(() => host.engine.state.settings.watchFolders).toBe(false);
      await tabTo(page, 'Device');
      await page.keyboard.press('ArrowDown');
      await expect.poll(() => host.engine.state.settings.device).toBe('cpu');
    }));
});
