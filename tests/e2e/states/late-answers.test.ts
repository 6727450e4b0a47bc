/** What a slow engine would bring about: an answer that comes when the person has gone on. It undoes nothing. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { withFakePage } from '../support/fake-page.ts';

const skip = skipReason('late answers', missingChromium());

describe.skipIf(skip)('the page, where an answer comes late,', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it('moves no button under a pointer that presses it when the list of folders comes late', () =>
    withFakePage(browser, async ({ page, visit }) => {
      let arrive = () => {};
      const held = new Promise<void>((resolve) => {
        arrive = resolve;
      });
      await page.route('**/rpc/folders/browse', async (route) => {
        await held;
        await route.continue();
      });
      await visit('#/library');
      await page.getByRole('button', { name: 'Add folder' }).first().click();
      const dialog = page.getByRole('dialog', { name: 'Add a folder' });
      await dialog.getByLabel('Path of the folder').fill('/home/ada/Recipes');
      await dialog.getByRole('button', { name: 'Add this folder' }).hover();
      await page.mouse.down();
      arrive();
      await dialog.getByRole('list', { name: 'Folders here' }).waitFor();
      await page.mouse.up();
      await dialog.waitFor({ state: 'hidden' });
    }));

  it('lets what a quick hand asks for wait until the engine answers for the first time', () =>
    withFakePage(browser, async ({ page, visit }) => {
      let answer = () => {};
      const held = new Promise<void>((resolve) => {
        answer = resolve;
      });
      await page.route('**/rpc/engine/events', async (route) => {
        await held;
        await route.continue();
      });
      await visit('#/library');
      await page.getByRole('button', { name: 'Add folder' }).first().click();
      const dialog = page.getByRole('dialog', { name: 'Add a folder' });
      await dialog.getByLabel('Path of the folder').fill('/home/ada/Recipes');
      await dialog.getByRole('button', { name: 'Add this folder' }).click();
      // Whatever would be told at once has been told by then.
      await page.waitForTimeout(300);
      expect(await page.getByRole('alert').count()).toBe(0);
      expect(await page.locator('html').getAttribute('data-engine')).toBe('connecting');
      answer();
      await dialog.waitFor({ state: 'hidden' });
      await page.locator('html[data-engine="online"]').waitFor();
      await page.getByText('/home/ada/Recipes').first().waitFor();
    }));

  it('says what a plan is made of while it is made, and makes another when documents have been read', () =>
    withFakePage(browser, async ({ page, visit }) => {
      let release = () => {};
      const held = new Promise<void>((resolve) => (release = resolve));
      let plans = 0;
      await page.route('**/rpc/adaptation/plan', async (route) => {
        plans += 1;
        await held;
        await route.continue();
      });
      await visit('#/adapt');
      await page.getByText(/learn from \d+ documents with \d+ passages/).waitFor();
      release();
      await page.getByText('Training pairs').waitFor();
      expect(plans).toBe(1);
      await page.evaluate(() =>
        fetch('/rpc/libraries/index', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ json: { library: 'default' } }),
        }),
      );
      await expect.poll(() => plans).toBe(2);
      await page.getByText('Training pairs').waitFor();
    }));

  it('drops a late answer to an earlier question', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/search');
      await page.getByRole('searchbox').waitFor();
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      let isAnswered = Promise.resolve();
      const isAsked = new Promise<void>((asked) =>
        page.route('**/rpc/search/query', async (route) => {
          if (!route.request().postData()?.includes('tomatoes')) return await route.continue();
          asked();
          // The page has given the first question up by then, which is what is tested.
          isAnswered = held.then(() => route.continue()).catch(() => undefined);
          await isAnswered;
        }),
      );
      await page.getByRole('searchbox').fill('tomatoes');
      await isAsked;
      await page.getByRole('searchbox').fill('boat');
      await page.locator('[data-hit]').getByRole('heading', { name: 'The boat' }).waitFor();
      release();
      await isAnswered;
      // An answer that was not dropped would be drawn by then.
      await page.waitForTimeout(500);
      expect(await page.getByRole('heading', { name: 'Kitchen garden' }).count()).toBe(0);
    }));

  it('leaves a cancelled job ended, although the answer to the cancel comes after its end and shows it running', () =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await visit('#/library');
        await page.getByRole('button', { name: 'Check for changes' }).click();
        const row = page.locator('[data-job="index"]');
        await row.waitFor();
        let late: { state: string } | undefined;
        await page.route('**/rpc/jobs/cancel', async (route) => {
          const answer = await route.fetch();
          late = (await answer.json()).json;
          await row.waitFor({ state: 'detached' });
          await route.fulfill({ response: answer });
        });
        const answered = page.waitForResponse('**/rpc/jobs/cancel');
        await page.getByRole('button', { name: /^Cancel:/ }).click();
        await (await answered).finished();
        expect(late?.state).toBe('running');
        // The page has drawn what it makes of the answer by then.
        await page.waitForTimeout(200);
        expect(await row.count()).toBe(0);
      },
      { stepMs: 400 },
    ));

  it('leaves a typed path alone when the list of folders comes late', () =>
    withFakePage(
      browser,
      async ({ page, host, visit }) => {
        await visit('#/library');
        let release = () => {};
        const held = new Promise<void>((resolve) => (release = resolve));
        await page.route('**/rpc/folders/browse', async (route) => {
          await held;
          await route.continue();
        });
        await page.getByRole('button', { name: 'Add folder' }).first().click();
        const field = page.getByLabel('Path of the folder');
        await field.fill('/home/ada/Papers');
        release();
        await page.getByRole('button', { name: 'Pictures' }).waitFor();
        expect(await field.inputValue()).toBe('/home/ada/Papers');
        await page.getByRole('button', { name: 'Add this folder' }).click();
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
        expect(host.engine.state.library.folders[0]?.path).toBe('/home/ada/Papers');
      },
      { empty: true },
    ));
});
