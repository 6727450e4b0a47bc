/** Encoders, devices and a run of adaptation, which take minutes on the real engine. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { withFakePage } from '../support/fake-page.ts';

const skip = skipReason('encoders and adapting', missingChromium());

describe.skipIf(skip)('the page about encoders', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it('says that search goes by words while there is no encoder', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.state.library = {
        ...host.engine.state.library,
        encoder: null,
        wordsOnlyReason: 'No encoder is installed.',
      };
      await visit('#/search');
      await page.getByText('No encoder is installed.').waitFor();
      await visit('#/models');
      await page.getByText('No encoder is in use.').waitFor();
      host.engine.state.otherLibraries = [
        { ...host.engine.state.library, name: 'letters', wordsOnlyReason: null },
      ];
      await visit('#/models');
      await page.getByText('The library “default” is searched by words only.').waitFor();
      await page.getByLabel('Library in use').selectOption('letters');
      await page.getByText('is searched by words only').waitFor({ state: 'detached' });
    }));

  it('plans, runs, pauses, plots and ends an adaptation, and adopts and rolls back what came of it', () =>
    withFakePage(
      browser,
      async ({ page, host, visit }) => {
        await visit('#/adapt');
        await page.getByText('Training pairs').waitFor();
        await page.getByLabel('Time to spend').selectOption('5');
        await page.getByText('5 min', { exact: true }).waitFor();
        await page.getByRole('button', { name: 'Start' }).click();
        await page.locator('.uplot canvas').waitFor();
        const lastPoint = page.getByTestId('last-point');
        await lastPoint.waitFor();
        await page.getByRole('button', { name: /^Pause:/ }).click();
        await page.locator('[data-job="adapt"][data-state="paused"]').waitFor();
        const paused = await lastPoint.textContent();
        await page.waitForTimeout(300);
        expect(await lastPoint.textContent()).toBe(paused);
        // Another look at the page finds the run and its curve so far.
        await visit('#/adapt');
        await page.locator('.uplot canvas').waitFor();
        expect(await lastPoint.textContent()).toBe(paused);
        await page.getByRole('button', { name: /^Resume:/ }).click();
        await page.locator('[data-adapter="a2"]').waitFor();
        const told = page.locator('[data-adapter="a2"] dl').first();
        expect(await told.locator('dt').allTextContents()).toEqual([
          'Did it help?',
          'On what was that seen?',
          'How to go back',
        ]);
        expect(await told.locator('dd').first().textContent()).toMatch(/\w/);

        await page.locator('[data-adapter="a2"]').getByRole('button', { name: 'Use it' }).click();
        await page.locator('[data-adapter="a2"][data-state="active"]').waitFor();
        await page.getByRole('button', { name: 'Back to the plain encoder' }).click();
        await page.locator('[data-adapter="a2"][data-state="available"]').waitFor();
        await page.locator('[data-adapter="a2"]').getByRole('button', { name: 'Remove' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
        await page.locator('[data-adapter="a2"]').waitFor({ state: 'detached' });
        expect(
          host.engine.calls.filter(({ name }) => name === 'adaptation.adopt').map(({ input }) => input),
        ).toEqual([
          { library: 'default', adapterId: 'a2' },
          { library: 'default', adapterId: null },
        ]);
      },
      { stepMs: 200 },
    ));

  it('asks before a download, and shows for its time that the app is online', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/models');
      const promise = page.locator('.promise');
      expect(await promise.textContent()).toContain('Offline');
      await page.getByRole('button', { name: 'Download' }).click();
      const dialog = page.getByRole('dialog');
      expect(await dialog.textContent()).toMatch(/146 MB from huggingface\.co/);
      expect(host.engine.calls.some(({ name }) => name === 'models.download')).toBe(false);
      await dialog.getByRole('button', { name: 'Download' }).click();
      await promise.getByText('Downloading a model').waitFor();
      await page.getByRole('button', { name: /^Cancel:/ }).click();
      await promise.getByText('Offline').waitFor();
    }));

  it('shows what the probe found on each device', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/models');
      await page.getByRole('button', { name: 'Probe the devices' }).click();
      await page.getByText('46 passages/s').waitFor();
      await page.getByText('so it is not used').waitFor();
    }));

  it('offers CUDA where NVIDIA’s driver is, fetches it when asked, and removes it again', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/models');
      await page.getByRole('button', { name: 'Probe the devices' }).waitFor();
      await expect.poll(() => host.engine.calls.some(({ name }) => name === 'devices.packs')).toBe(true);
      expect(await page.locator('[data-pack]').count()).toBe(0);
      host.engine.state.cuda = { ...host.engine.state.cuda, hasDriver: true };
      await visit('#/search');
      await visit('#/models');
      await page.getByText(/when you ask for them \(320 MB\)/).waitFor();
      await page.getByRole('button', { name: 'Download CUDA' }).click();
      await page.locator('.promise').getByText('Downloading').waitFor();
      await page.getByText(/CUDA was fetched and takes 564 MB/).waitFor();
      await page.getByRole('button', { name: 'Remove CUDA' }).click();
      await page.locator('[data-pack]').waitFor({ state: 'detached' });
      expect(host.engine.state.cuda.state).toBe('absent');
    }));

  it('shows another library’s own plan and adapters as soon as that library is chosen', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.state.otherLibraries = [{ ...host.engine.state.library, name: 'letters' }];
      await visit('#/adapt');
      await page.locator('[data-adapter="a1"]').waitFor();
      host.engine.state.adapters = [];
      host.engine.calls.length = 0;
      await page.getByLabel('Library in use').selectOption('letters');
      await page.getByText('No adapters yet.').waitFor();
      for (const name of ['adaptation.plan', 'adaptation.adapters']) {
        const asked = host.engine.calls.filter((call) => call.name === name);
        expect(asked.map(({ input }) => input)).toEqual([expect.objectContaining({ library: 'letters' })]);
      }
    }));
});
