/** Answers on the page: off until somebody is chosen to write them, then sentence by sentence with sources that open, and nothing else to click. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { withFakePage } from '../support/fake-page.ts';

const skip = skipReason('answers', missingChromium());

describe.skipIf(skip)('answers', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it('are off, and not even in the menu, until a person chooses who writes them', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/answer');
      await page.getByText('No chat model is chosen.').waitFor();
      expect(await page.getByRole('navigation').getByRole('link', { name: 'Answers' }).count()).toBe(0);
      await page.getByRole('button', { name: 'Choose in the settings' }).click();
      await page.getByRole('heading', { name: 'Answers' }).waitFor();
      await page.getByRole('radio', { name: 'A server of this machine' }).click();
      await page.getByLabel('Address of the server').waitFor();
      await page.getByRole('navigation').getByRole('link', { name: 'Answers' }).click();
      await page.getByPlaceholder('Ask in your own words').waitFor();
    }));

  it('come with sources that open at the passage, doubts that are marked, and links that are only words', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.state.settings = { ...host.engine.state.settings, chatSource: 'server' };
      await visit('#/answer');
      await page.getByPlaceholder('Ask in your own words').fill('tomatoes');
      await page.keyboard.press('Enter');
      await page.getByText('Written by fake-chat.').waitFor();
      const answer = page.locator('.answer');
      expect(await answer.locator('[data-supported="true"]').textContent()).toContain('Water the tomatoes');
      expect(await answer.locator('[data-supported="false"]').textContent()).toContain(
        'https://evil.example/',
      );
      expect(await answer.getByText('no passage says so').count()).toBe(1);
      expect(await answer.locator('a, img').count()).toBe(0);
      await answer.getByRole('button', { name: /^Source 1:/ }).click();
      await page.locator('mark.passage').first().waitFor();
      expect(new URL(page.url()).hash).toMatch(/^#\/document\/.*start=\d+&end=\d+/);
      await page.goBack();
      await page.getByText('Written by fake-chat.').waitFor();
    }));

  it('say when the documents hold none, and what failed', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.state.settings = { ...host.engine.state.settings, chatSource: 'server' };
      await visit('#/answer');
      const field = page.getByPlaceholder('Ask in your own words');
      await field.fill('xylophone');
      await page.keyboard.press('Enter');
      await page.getByText('Not in your documents.').waitFor();
      host.engine.failures.set('answers.ask', { code: 'model-missing', message: 'No chat server answers.' });
      await field.fill('tomatoes');
      await page.keyboard.press('Enter');
      await page.getByText('No chat server answers.').waitFor();
      host.engine.failures.clear();
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('Written by fake-chat.').waitFor();
    }));
});
