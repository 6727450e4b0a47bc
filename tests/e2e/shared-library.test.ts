/** A library that another machine writes, on the page: it is shown as such, and what cannot be done with it is not offered. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from './launch/chromium.ts';
import { withFakePage } from './support/fake-page.ts';

const skip = skipReason('a shared library on the page', missingChromium());
const address = 's3://bucket/team';
const reason = 'ada writes this library. Here it can be searched and read, and not changed.';

describe.skipIf(skip)('a library of another machine', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const shared = { address, access: 'read' as const, writer: 'ada', seenAt: 0, problem: null };

  it('says who writes it and offers nothing that would change it, on any screen', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.state.library = { ...host.engine.state.library, shared };
      await visit('#/library');
      await page.getByRole('note').getByText(reason).waitFor();
      const row = page.locator('[data-library="default"]');
      await row.getByText('Read only', { exact: true }).waitFor();
      await row.getByText(`Index at ${address}`).waitFor();
      for (const name of ['Check for changes', 'Read everything again', 'Add folder', 'Add file']) {
        const button = page.getByRole('button', { name, exact: true });
        expect(await button.isDisabled(), name).toBe(true);
        expect(await button.getAttribute('title'), name).toBe(reason);
      }
      for (const name of [/^Remove this folder|^Remove from/, /^Read again/])
        for (const button of await page.getByRole('button', { name }).all())
          expect(await button.isDisabled(), String(name)).toBe(true);
      await visit('#/adapt');
      await page.getByText(reason).waitFor();
      expect(await page.getByText('Training pairs').count()).toBe(0);
      await visit('#/models');
      // A reranker is a setting of this machine and changes no library.
      const encoders = page.locator('section', {
        has: page.getByRole('heading', { name: 'Encoders', exact: true }),
      });
      const use = encoders.getByRole('button', { name: 'Use', exact: true });
      await use.first().waitFor();
      for (const button of await use.all()) expect(await button.isDisabled()).toBe(true);
      await visit('#/search');
      await page.getByRole('searchbox').fill('lease');
      await page.locator('[data-hit]').first().waitFor();
    }));

  it('tells what removing one leaves where it is, and shows one that can be reached again', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      const { state, events } = host.engine;
      state.otherLibraries = [{ ...state.library, name: 'team', shared: { ...shared, access: 'write' } }];
      state.unavailableLibraries = [{ name: 'far', reason: 'The store cannot be reached.' }];
      await visit('#/library');
      const team = page.locator('[data-library="team"]');
      await team.getByText('Shared', { exact: true }).waitFor();
      await team.getByRole('button', { name: 'Remove the library team' }).click();
      await page.getByRole('dialog').getByText(`What is at ${address} stays there`).waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.locator('[data-unavailable="far"]').waitFor();
      events.publish({ type: 'library', library: { ...state.library, name: 'far', shared } });
      await page.locator('[data-library="far"]').waitFor();
      expect(await page.locator('[data-unavailable="far"]').count()).toBe(0);
    }));

  it('is opened by its address and made at one, by keys alone, and the page no longer promises that nothing leaves', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      const { calls, failures, state } = host.engine;
      await visit('#/library');
      await page.getByText('Nothing leaves this machine.').waitFor();
      await page.getByRole('button', { name: 'Open a shared library' }).focus();
      await page.keyboard.press('Enter');
      const opening = page.getByRole('dialog', { name: 'Open a shared library' });
      const open = opening.getByRole('button', { name: 'Open it' });
      expect(await open.isDisabled()).toBe(true);
      await opening.getByLabel('Address of the index').fill(address);
      await opening.getByText('More about the address').click();
      await opening.getByLabel('Region').fill('eu-central-1');
      await opening.getByLabel('Name on this machine').fill('The Team');
      failures.set('libraries.attach', {
        code: 'not-found',
        message: 'There is no library at that address.',
      });
      await page.keyboard.press('Enter');
      await opening.getByRole('alert').getByText('There is no library at that address.').waitFor();
      failures.clear();
      await open.click();
      await page.locator('[data-library="the-team"]').getByText('In use').waitFor();
      await page.getByText('Only the index of shared libraries leaves this machine.').waitFor();
      expect(calls.findLast(({ name }) => name === 'libraries.attach')?.input).toEqual({
        ...{ at: address, region: 'eu-central-1', name: 'the-team' },
      });

      await page.getByRole('button', { name: 'New library' }).click();
      const making = page.getByRole('dialog', { name: 'Make a new library' });
      await making.getByLabel('Name', { exact: true }).fill('ours');
      await making
        .getByRole('switch', { name: 'Keep its index where other machines reach it' })
        .press('Space');
      await making.getByText('Whoever may read there can read them.').waitFor();
      await making.getByLabel('Address of the index').fill('/srv/ours');
      await page.keyboard.press('Enter');
      await page.locator('[data-library="ours"]').getByText('Index at /srv/ours').waitFor();
      expect(state.otherLibraries.at(-1)).toMatchObject({ name: 'ours', shared: { access: 'write' } });
    }));
});
