/** The libraries are examined and repaired from the page: what is wrong is said by library, and what a repair did or could not do. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../../src-main/contract/doctor.ts';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { type FakePage, withFakePage } from '../support/fake-page.ts';
import { tabTo } from '../support/keyboard.ts';

const skip = skipReason('checking and repairing', missingChromium());

const names: Finding = {
  library: 'default',
  check: 'names',
  message: 'The index of names and the documents differ in 3 entries.',
  repair: 'possible',
};
const encoder: Finding = {
  library: 'letters',
  check: 'models',
  message: 'The encoder is not here any more. Import its GGUF file again.',
  repair: 'person',
};
const device: Finding = {
  library: null,
  check: 'device',
  message: 'The device of the settings cannot be used.',
  repair: 'person',
};

describe.skipIf(skip)('checking the libraries', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const section = ({ page }: FakePage) => page.getByRole('region', { name: 'Check and repair' });
  const examinations = ({ host }: FakePage) =>
    host.engine.calls.filter(({ name }) => name === 'engine.examine').map(({ input }) => input);

  it('says plainly that nothing is wrong, and how much was looked at', () =>
    withFakePage(browser, async (fake) => {
      await fake.visit('#/settings');
      const part = section(fake);
      await part.getByRole('button', { name: 'Check the libraries' }).click();
      await part.getByRole('status').getByText('Nothing is wrong: 13 checks of 1 library.').waitFor();
      expect(await part.getByRole('button', { name: 'Repair' }).count()).toBe(0);
      expect(examinations(fake)).toEqual([{ repair: false }]);
    }));

  it('lists by library what is wrong, and repairs by keyboard what can be made again', () =>
    withFakePage(browser, async (fake) => {
      const { page, host, visit } = fake;
      host.engine.state.findings = [device, names, encoder];
      await visit('#/settings');
      const part = section(fake);
      await tabTo(page, 'Check the libraries');
      await page.keyboard.press('Enter');
      await part.getByText('3 findings in 13 checks of 1 library.').waitFor();
      expect(await part.getByRole('heading', { level: 3 }).allTextContents()).toEqual([
        'The whole program',
        'default',
        'letters',
      ]);
      const row = part.locator('li', { hasText: names.message });
      await row.getByText('Can be repaired').waitFor();
      await part.locator('li', { hasText: encoder.message }).getByText('For you to mend').waitFor();

      await tabTo(page, 'Repair');
      await page.keyboard.press('Enter');
      await row.getByText('Repaired').waitFor();
      await part.getByText('is read again in the background').waitFor();
      await part.getByText(encoder.message).waitFor();
      expect(await part.getByRole('button', { name: 'Repair' }).count()).toBe(0);
      // The button that had the focus is gone; what came of it has it now.
      expect(await part.getByRole('status').evaluate((one) => one === document.activeElement)).toBe(true);
      expect(examinations(fake)).toEqual([{ repair: false }, { repair: true }]);
    }));

  it('offers no repair where only a person can mend what is wrong', () =>
    withFakePage(browser, async (fake) => {
      fake.host.engine.state.findings = [encoder];
      await fake.visit('#/settings');
      const part = section(fake);
      await part.getByRole('button', { name: 'Check the libraries' }).click();
      await part.getByText('1 finding in 13 checks of 1 library.').waitFor();
      expect(await part.getByRole('button', { name: 'Repair' }).count()).toBe(0);
    }));

  it('says in its place why a check did not work, and checks again', () =>
    withFakePage(browser, async (fake) => {
      const { failures } = fake.host.engine;
      failures.set('engine.examine', { code: 'disk-full', message: 'The disk is full.' });
      await fake.visit('#/settings');
      const part = section(fake);
      const check = part.getByRole('button', { name: 'Check the libraries' });
      await check.click();
      await part.getByRole('alert').getByText('The disk is full.').waitFor();
      failures.clear();
      await check.click();
      await part.getByText('Nothing is wrong').waitFor();
      expect(await part.getByRole('alert').count()).toBe(0);
    }));
});
