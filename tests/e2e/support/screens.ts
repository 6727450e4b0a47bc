/** Every screen of the page, and how to get it to show what it is for. */
import type { Page } from 'playwright-core';
import type { FakeEngineOptions } from '../../support/fake-engine/fake-state.ts';
import type { FakePage } from './fake-page.ts';

export interface Screen {
  readonly name: string;
  readonly options?: FakeEngineOptions;
  show(fake: FakePage): Promise<void>;
}

const searchFor = async (page: Page, text: string) => {
  await page.getByRole('searchbox').fill(text);
  await page.locator('[data-hit]').first().waitFor();
};
const openFirst = async ({ page, visit }: FakePage, text: string) => {
  await visit('#/search');
  await searchFor(page, text);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Back to the results' }).waitFor();
};

export const screens: readonly Screen[] = [
  {
    name: 'welcome',
    options: { empty: true, onboarded: false },
    show: async ({ page, visit }) => {
      await visit('');
      await page.getByRole('button', { name: 'Add folder' }).waitFor();
    },
  },
  {
    name: 'search-empty',
    options: { empty: true },
    show: async ({ page, visit }) => {
      await visit('#/search');
      await page.getByText('There is nothing to search yet.').waitFor();
    },
  },
  {
    name: 'search-start',
    show: async ({ page, visit }) => {
      await visit('#/search');
      await page.getByText('Recent searches').waitFor();
    },
  },
  {
    name: 'search-results',
    show: async ({ page, visit }) => {
      await visit('#/search');
      await searchFor(page, 'lease garden notice');
      await page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'search-why',
    show: async ({ page, visit }) => {
      await visit('#/search');
      await searchFor(page, 'lease');
      await page.getByRole('button', { name: 'Why this hit?' }).first().click();
      await page.getByText('Matching words').waitFor();
    },
  },
  {
    name: 'search-filter',
    show: async ({ page, visit }) => {
      await visit('#/search');
      await searchFor(page, 'lease');
      await page.getByRole('button', { name: 'Changed', exact: true }).click();
      await page.getByText('Past month').waitFor();
    },
  },
  {
    name: 'search-nothing',
    show: async ({ page, visit }) => {
      await visit('#/search');
      await page.getByRole('searchbox').fill('xylophone');
      await page.getByText('Nothing found.').waitFor();
    },
  },
  {
    name: 'document-pdf',
    show: async (fake) => {
      await openFirst(fake, 'lease notice');
      await fake.page.locator('.stroke').first().waitFor();
      await fake.page.locator('.picture canvas').first().waitFor();
    },
  },
  {
    name: 'document-markdown',
    show: async (fake) => {
      await openFirst(fake, 'tomatoes');
      await fake.page.locator('mark.passage').first().waitFor();
    },
  },
  {
    name: 'document-html',
    show: async (fake) => {
      await openFirst(fake, 'wobble');
      await fake.page.frameLocator('iframe').locator('mark.passage').first().waitFor();
    },
  },
  {
    name: 'document-email',
    show: async (fake) => {
      await openFirst(fake, 'harbour boat key');
      await fake.page.locator('mark.passage').first().waitFor();
    },
  },
  {
    name: 'answer-off',
    show: async ({ page, visit }) => {
      await visit('#/answer');
      await page.getByText('No chat model is chosen.').waitFor();
    },
  },
  {
    name: 'answer',
    show: async ({ page, host, visit }) => {
      host.engine.state.settings = { ...host.engine.state.settings, chatSource: 'server' };
      await visit('#/answer');
      await page.getByPlaceholder('Ask in your own words').fill('tomatoes');
      await page.keyboard.press('Enter');
      await page.getByText('Written by fake-chat.').waitFor();
    },
  },
  {
    name: 'library',
    show: async ({ page, visit }) => {
      await visit('#/library');
      await page.getByRole('row').nth(6).waitFor();
    },
  },
  {
    name: 'library-reading',
    options: { stepMs: 3000 },
    show: async ({ page, visit }) => {
      await visit('#/library');
      await page.getByRole('button', { name: 'Check for changes' }).click();
      await page.locator('[data-job="index"]').waitFor();
    },
  },
  {
    name: 'library-empty',
    options: { empty: true },
    show: async ({ page, visit }) => {
      await visit('#/library');
      await page.getByText('No folders yet').waitFor();
    },
  },
  {
    name: 'add-folder',
    show: async ({ page, visit }) => {
      await visit('#/library');
      await page.getByRole('button', { name: 'Add folder' }).click();
      await page.getByRole('button', { name: 'Music' }).waitFor();
    },
  },
  {
    name: 'adapt',
    show: async ({ page, visit }) => {
      await visit('#/adapt');
      await page.getByText('Training pairs').waitFor();
      await page.locator('[data-adapter]').first().waitFor();
    },
  },
  {
    name: 'adapt-running',
    options: { stepMs: 150 },
    show: async ({ page, visit }) => {
      await visit('#/adapt');
      await page.getByRole('button', { name: 'Start' }).click();
      await page.getByText(/^Step 1\d of/).waitFor();
      await page.getByRole('button', { name: /^Pause:/ }).click();
      await page.locator('[data-state="paused"]').waitFor();
    },
  },
  {
    name: 'models',
    show: async ({ page, visit }) => {
      await visit('#/models');
      await page.getByRole('button', { name: 'Probe the devices' }).click();
      await page.getByText('46 passages/s').waitFor();
    },
  },
  {
    name: 'download',
    show: async ({ page, visit }) => {
      await visit('#/models');
      await page.getByRole('button', { name: 'Download' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'settings',
    show: async ({ page, visit }) => {
      await visit('#/settings');
      await page.getByText('Appearance').waitFor();
    },
  },
  {
    name: 'narrow',
    show: async ({ page, visit }) => {
      await page.setViewportSize({ width: 720, height: 620 });
      await visit('#/search');
      await searchFor(page, 'lease');
    },
  },
  {
    name: 'libraries',
    show: async ({ page, host, visit }) => {
      const { library } = host.engine.state;
      host.engine.state.otherLibraries = [
        { ...library, name: 'case-files', folders: [], chunkCount: 0 },
        { ...library, name: 'letters-of-the-family' },
      ];
      await visit('#/library');
      await page.locator('[data-library]').nth(2).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'new-library',
    show: async ({ page, visit }) => {
      await visit('#/library');
      await page.getByRole('button', { name: 'New library' }).click();
      await page.getByLabel('Name').fill('Case files');
      await page.getByText('It will be called case-files.').waitFor();
    },
  },
  {
    name: 'settings-device',
    show: async ({ page, visit }) => {
      await visit('#/settings');
      await page.getByRole('button', { name: 'Probe the devices' }).click();
      const refused = page.getByText('Radeon 780M is not used.');
      await refused.waitFor();
      await refused.scrollIntoViewIfNeeded();
    },
  },
  ...(['library', 'adapt', 'models', 'settings'] as const).map((view) => ({
    name: `narrow-${view}`,
    show: async ({ page, visit }: FakePage) => {
      await page.setViewportSize({ width: 720, height: 620 });
      await visit(`#/${view}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForFunction(() => !document.querySelector('main')?.textContent?.includes('Loading…'));
    },
  })),
  {
    name: 'narrow-document',
    show: async (fake) => {
      await fake.page.setViewportSize({ width: 720, height: 620 });
      await openFirst(fake, 'lease notice');
      await fake.page.locator('.stroke').first().waitFor();
    },
  },
  {
    name: 'quick',
    show: async ({ page, visit }) => {
      await page.setViewportSize({ width: 680, height: 460 });
      await visit('#/quick');
      await searchFor(page, 'lease');
    },
  },
  {
    name: 'engine-gone',
    show: async ({ page, host, visit }) => {
      await visit('#/search');
      await searchFor(page, 'lease');
      await host.close();
      await page.getByText('The search engine has stopped.').waitFor();
    },
  },
];
