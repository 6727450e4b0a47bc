/** Settings are stored as they are changed, each by itself; a device is offered once it has passed its trial. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { withFakePage } from '../support/fake-page.ts';

const skip = skipReason('settings', missingChromium());

describe.skipIf(skip)('the page of settings', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it('offers the devices that passed their probe, and says why another did not', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/settings');
      const device = page.getByLabel('Device');
      await device.waitFor();
      expect(await device.locator('option').allTextContents()).toEqual([
        'Choose by itself',
        'The processor (CPU)',
      ]);
      await page.getByRole('button', { name: 'Probe the devices' }).click();
      await page.getByText('Radeon 780M is not used. Its vectors differ').waitFor();
      expect(await device.locator('option').allTextContents()).toEqual([
        'Choose by itself',
        'AMD EPYC, 2 threads (CPU), 46 passages/s',
        'Radeon 780M (VULKAN), not used',
      ]);
      expect(await device.locator('option[disabled]').count()).toBe(1);
      await device.selectOption('cpu');
      await page.getByText('the next time llara starts').first().waitFor();
      await expect.poll(() => host.engine.state.settings.device).toBe('cpu');
    }));

  it('keeps each setting as it was while another one changes', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/settings');
      await page.getByRole('radio', { name: 'Dark' }).click();
      await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
      await page.getByRole('switch', { name: 'Watch folders for changes' }).click();
      await page.getByLabel('Processor threads').fill('3');
      await page.getByLabel('Processor threads').blur();
      await expect.poll(() => host.engine.state.settings.threads).toBe(3);
      expect(host.engine.state.settings).toMatchObject({
        theme: 'dark',
        watchFolders: false,
        onboarded: true,
      });
      await visit('#/settings');
      expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    }));

  it('says which settings wait for the next start, and why one was refused', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/settings');
      const threads = page.getByLabel('Processor threads');
      await threads.fill('3');
      await threads.blur();
      await expect.poll(() => host.engine.state.settings.threads).toBe(3);
      await page.getByText('the next time llara starts').first().waitFor();
      host.engine.failures.set('settings.update', { code: 'disk-full', message: 'The disk is full.' });
      await page.getByRole('switch', { name: 'Watch folders for changes' }).click();
      await page.getByText('The disk is full.').first().waitFor();
      expect(host.engine.state.settings.watchFolders).toBe(true);
      await expect
        .poll(() => page.getByRole('switch', { name: 'Watch folders for changes' }).isChecked())
        .toBe(true);
    }));

  it('says why another device computes than the one that is set, until another is chosen', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.state.settings = { ...host.engine.state.settings, device: 'cuda' };
      host.engine.state.deviceProblem = 'The device “cuda” of the settings cannot be used.';
      await visit('#/models');
      await page.getByText('Another device computes').waitFor();
      await visit('#/settings');
      const told = page.getByText('The device “cuda” of the settings cannot be used.');
      await told.waitFor();
      await page.getByLabel('Device').selectOption('cpu');
      await told.waitFor({ state: 'detached' });
      expect(host.engine.state.settings.device).toBe('cpu');
    }));
});
