/** Every screen of the page, and how to get it to show what it is for. */
import type { Page } from 'playwright-core';
import type { Strings } from '../../../src-renderer/strings.ts';
import { fakeSearch } from '../../support/fake-engine/fake-search.ts';
import type { FakePage } from '../support/fake-page.ts';
import { keepingScreens } from './keeping-screens.ts';
import type { Screen } from './screen.ts';

const searchFor = async (page: Page, text: string) => {
  await page.getByRole('searchbox').fill(text);
  await page.locator('[data-hit]').first().waitFor();
};
const openFirst = async ({ page, visit }: FakePage, words: Strings, text: string) => {
  await visit('#/search');
  await searchFor(page, text);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: words.document.back }).waitFor();
};

export const screens: readonly Screen[] = [
  {
    name: 'welcome',
    options: { empty: true, onboarded: false },
    show: async ({ page, visit }, words) => {
      await visit('');
      await page.getByRole('button', { name: words.library.add, exact: true }).waitFor();
    },
  },
  {
    name: 'search-empty',
    options: { empty: true },
    show: async ({ page, visit }, words) => {
      await visit('#/search');
      await page.getByText(words.search.noLibrary).waitFor();
    },
  },
  {
    name: 'search-start',
    show: async ({ page, visit }, words) => {
      await visit('#/search');
      await page.getByText(words.search.recent).waitFor();
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
    show: async ({ page, visit }, words) => {
      await visit('#/search');
      await searchFor(page, 'lease');
      await page.getByRole('button', { name: words.search.why }).first().click();
      await page.getByText(words.why.matched).waitFor();
    },
  },
  {
    name: 'search-saved',
    show: async ({ page, host, visit }, words) => {
      const saved = { library: 'default', mode: 'hybrid' as const, createdAt: 0, lookedAt: 0 };
      host.engine.state.saved = [
        { ...saved, name: 'The flat', query: 'lease notice type:pdf', newDocumentIds: ['lease', 'boat'] },
        { ...saved, name: 'tomatoes', query: 'tomatoes', newDocumentIds: [] },
      ];
      await visit('#/search');
      await page.getByText(words.saved.title).waitFor();
    },
  },
  {
    name: 'search-copies',
    show: async ({ page, host, visit }, words) => {
      const { state } = host.engine;
      state.answer = (query) => {
        const response = fakeSearch(state.documents, { query, mode: 'hybrid' });
        const places = ['notes/garden.md', 'old/garden.md', `old/${'a-long-name-'.repeat(8)}.md`];
        return { ...response, groups: response.groups.map((group) => ({ ...group, places })) };
      };
      await visit('#/search');
      await searchFor(page, 'tomatoes');
      await page
        .getByRole('button', { name: words.places.also(2) })
        .first()
        .click();
      await page.getByText('old/garden.md').waitFor();
    },
  },
  {
    name: 'search-save',
    show: async ({ page, visit }, words) => {
      await visit('#/search');
      await searchFor(page, 'lease');
      await page.getByRole('button', { name: words.saved.keep }).click();
      await page.getByLabel(words.saved.name).waitFor();
    },
  },
  {
    name: 'search-filter',
    show: async ({ page, visit }, words) => {
      await visit('#/search');
      await searchFor(page, 'lease');
      await page.getByRole('button', { name: words.search.date, exact: true }).click();
      await page.getByText(words.search.lastMonth).waitFor();
    },
  },
  {
    name: 'document-tags',
    show: async (fake, words) => {
      const { document } = fake.host.engine.state.documents[0]!.content;
      document.tags = ['work', `tax/${'a-long-name-'.repeat(6)}`];
      await fake.visit(`#/document/${document.id}`);
      await fake.page.getByRole('button', { name: words.tags.title, exact: true }).click();
      await fake.page.getByLabel(words.tags.add).waitFor();
    },
  },
  {
    name: 'search-nothing',
    show: async ({ page, visit }, words) => {
      await visit('#/search');
      await page.getByRole('searchbox').fill('xylophone');
      await page.getByText(words.search.nothing).waitFor();
    },
  },
  {
    name: 'document-pdf',
    show: async (fake, words) => {
      await openFirst(fake, words, 'lease notice');
      await fake.page.locator('.stroke').first().waitFor();
      await fake.page.locator('.picture canvas').first().waitFor();
    },
  },
  {
    name: 'document-thumbnails',
    show: async (fake, words) => {
      await openFirst(fake, words, 'lease notice');
      await fake.page.getByRole('button', { name: words.document.thumbnails }).click();
      await fake.page.locator('[data-thumbnail] canvas').first().waitFor();
    },
  },
  {
    name: 'document-markdown',
    show: async (fake, words) => {
      await openFirst(fake, words, 'tomatoes');
      await fake.page.locator('mark.passage').first().waitFor();
    },
  },
  {
    name: 'document-html',
    show: async (fake, words) => {
      await openFirst(fake, words, 'wobble');
      await fake.page.frameLocator('iframe').locator('mark.passage').first().waitFor();
    },
  },
  {
    name: 'document-email',
    show: async (fake, words) => {
      await openFirst(fake, words, 'harbour boat key');
      await fake.page.locator('mark.passage').first().waitFor();
    },
  },
  {
    name: 'document-sheet',
    show: async (fake, words) => {
      await openFirst(fake, words, 'firewood');
      await fake.page.locator('tr.sentence, tr.passage').first().waitFor();
    },
  },
  {
    name: 'document-code',
    show: async (fake, words) => {
      await openFirst(fake, words, 'boilingTime litres');
      await fake.page.locator('span.comment').first().waitFor();
    },
  },
  {
    name: 'answer-off',
    show: async ({ page, visit }, words) => {
      await visit('#/answer');
      await page.getByText(words.answers.off).waitFor();
    },
  },
  {
    name: 'answer',
    show: async ({ page, host, visit }, words) => {
      host.engine.state.settings = { ...host.engine.state.settings, chatSource: 'server' };
      await visit('#/answer');
      await page.getByPlaceholder(words.answers.placeholder).fill('tomatoes');
      await page.getByPlaceholder(words.answers.placeholder).press('Enter');
      await page.getByText(words.answers.writtenBy('fake-chat')).waitFor();
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
    show: async ({ page, visit }, words) => {
      await visit('#/library');
      await page.getByRole('button', { name: words.library.reindex }).click();
      await page.locator('[data-job="index"]').waitFor();
    },
  },
  {
    name: 'library-empty',
    options: { empty: true },
    show: async ({ page, visit }, words) => {
      await visit('#/library');
      await page.getByText(words.library.emptyTitle).waitFor();
    },
  },
  {
    name: 'add-folder',
    show: async ({ page, visit }, words) => {
      await visit('#/library');
      await page.getByRole('button', { name: words.library.add, exact: true }).click();
      await page.getByRole('button', { name: 'Music' }).waitFor();
    },
  },
  {
    name: 'add-file',
    show: async ({ page, visit }, words) => {
      await visit('#/library');
      await page.getByRole('button', { name: words.library.addFile, exact: true }).click();
      await page.getByRole('button', { name: 'notes.md' }).click();
    },
  },
  {
    name: 'leave-out',
    show: async ({ page, visit }, words) => {
      await visit('#/library');
      await page.getByRole('button', { name: words.library.exclude }).first().click();
      await page.getByRole('button', { name: words.preview.includeOne('node_modules') }).waitFor();
    },
  },
  {
    name: 'adapt',
    show: async ({ page, visit }, words) => {
      await visit('#/adapt');
      await page.getByText(words.adapt.plan.pairs).waitFor();
      await page.locator('[data-adapter]').first().waitFor();
    },
  },
  {
    name: 'adapt-running',
    options: { stepMs: 150 },
    show: async ({ page, visit }, words) => {
      await visit('#/adapt');
      await page.getByRole('button', { name: words.adapt.start }).click();
      await page
        .locator('[data-job="adapt"]')
        .getByText(/\b1\d\b/)
        .waitFor();
      await page.getByRole('button', { name: words.jobs.pause(words.jobs.kinds.adapt) }).click();
      await page.locator('[data-state="paused"]').waitFor();
    },
  },
  {
    name: 'models',
    show: async ({ page, visit }, words) => {
      await visit('#/models');
      await page.getByRole('button', { name: words.models.probe }).click();
      await page.getByText(words.models.speed(46)).waitFor();
    },
  },
  {
    name: 'models-cuda',
    show: async ({ page, host, visit }, words) => {
      host.engine.state.cuda = { ...host.engine.state.cuda, hasDriver: true };
      await visit('#/models');
      await page.getByRole('button', { name: words.models.packDownload }).waitFor();
    },
  },
  {
    name: 'download',
    show: async ({ page, visit }, words) => {
      await visit('#/models');
      await page.getByRole('button', { name: words.models.download }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'settings',
    show: async ({ page, visit }, words) => {
      await visit('#/settings');
      await page.getByText(words.settings.groups.appearance).waitFor();
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
    show: async ({ page, visit }, words) => {
      await visit('#/library');
      await page.getByRole('button', { name: words.libraries.create }).click();
      await page.getByLabel(words.libraries.name).fill('Case files');
      await page.getByText(words.libraries.willBe('case-files')).waitFor();
    },
  },
  {
    name: 'new-library-elsewhere',
    show: async ({ page, visit }, words) => {
      await visit('#/library');
      await page.getByRole('button', { name: words.libraries.create }).click();
      await page.getByRole('switch', { name: words.sharing.elsewhere }).click();
      await page.getByText(words.sharing.more).click();
      await page.getByLabel(words.sharing.takeOver).waitFor();
    },
  },
  {
    name: 'open-shared-library',
    show: async ({ page, visit }, words) => {
      await visit('#/library');
      await page.getByRole('button', { name: words.sharing.attach }).click();
      await page.getByLabel(words.sharing.address).waitFor();
    },
  },
  {
    name: 'settings-device',
    show: async ({ page, visit }, words) => {
      await visit('#/settings');
      await page.getByRole('button', { name: words.models.probe }).click();
      const refused = page.getByText(words.settings.deviceRefused('Radeon 780M', '').trim());
      await refused.waitFor();
      await refused.scrollIntoViewIfNeeded();
    },
  },
  ...keepingScreens,
  ...(['library', 'adapt', 'models', 'settings'] as const).map((view) => ({
    name: `narrow-${view}`,
    show: async ({ page, visit }: FakePage, words: Strings) => {
      await page.setViewportSize({ width: 720, height: 620 });
      await visit(`#/${view}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForFunction(
        (loading) => !document.querySelector('main')?.textContent?.includes(loading),
        words.common.loading,
      );
    },
  })),
  {
    name: 'narrow-document',
    show: async (fake, words) => {
      await fake.page.setViewportSize({ width: 720, height: 620 });
      await openFirst(fake, words, 'lease notice');
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
    show: async ({ page, host, visit }, words) => {
      await visit('#/search');
      await searchFor(page, 'lease');
      // Beside the list the hit is being loaded; to lose that would be an error of its own.
      if (page.viewportSize()!.width >= 1100) await page.locator('[data-ready="true"]').waitFor();
      await host.close();
      await page.getByText(words.engine.gone).waitFor();
    },
  },
];
