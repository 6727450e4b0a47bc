/** What a list of results says: the dates of its documents, their order, and that nothing is certain; and an open document that its file has changed. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentFacts } from '../../../src-main/contract/libraries.ts';
import { fakeSearch } from '../../support/fake-engine/fake-search.ts';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { type FakePage, withFakePage } from '../support/fake-page.ts';

const skip = skipReason('what results say', missingChromium());

const facts = (date: string): DocumentFacts => ({ authors: [], tags: [], date: Date.parse(date) });
/** Found by “the”, in this order. */
const about = {
  lease: { sizeBytes: 900, modifiedAt: Date.parse('2026-03-14T12:00'), facts: facts('2019-05-06T12:00') },
  garden: { sizeBytes: 200, modifiedAt: Date.parse('2026-03-13T12:00'), facts: facts('2024-07-08T12:00') },
  boat: { sizeBytes: 500, modifiedAt: Date.parse('2021-01-02T12:00') },
} as const;
const ids = Object.keys(about) as (keyof typeof about)[];

describe.skipIf(skip)('the list of results', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const answerWith = ({ host }: FakePage, certain?: boolean) => {
    const { state } = host.engine;
    const found = fakeSearch(state.documents, { query: 'the', mode: 'hybrid' });
    const groups = ids.map((id) => {
      const group = found.groups.find(({ document }) => document.id === id)!;
      return {
        ...group,
        document: { ...group.document, ...about[id] },
        ...(certain === undefined ? {} : { certain }),
      };
    });
    state.answer = () => ({ ...found, groups, ...(certain === undefined ? {} : { confident: certain }) });
  };
  const ask = async (page: Page) => {
    await page.getByRole('searchbox').fill('the');
    await page.locator('[data-hit]').first().waitFor();
  };
  const order = async (page: Page, from: string, to: string) => {
    await page.getByRole('button', { name: from, exact: true }).click();
    await page.getByRole('radio', { name: to }).click();
    await page.keyboard.press('Escape');
  };
  const titles = (page: Page) => page.locator('[data-hit] h2').allTextContents();
  const names = { lease: 'Tenancy agreement', garden: 'Kitchen garden', boat: 'The boat' };

  it('stands by date, or by size, at a click, with each document’s own date', () =>
    withFakePage(browser, async (fake) => {
      const { page, visit } = fake;
      answerWith(fake);
      await visit('#/search');
      await ask(page);
      expect(await titles(page)).toEqual([names.lease, names.garden, names.boat]);
      await order(page, 'Best first', 'Newest first');
      await expect.poll(() => titles(page)).toEqual([names.garden, names.boat, names.lease]);
      const dates = page.locator('[data-hit] .date');
      expect(await dates.allTextContents()).toEqual(['Jul 8, 2024', 'Jan 2, 2021', 'May 6, 2019']);
      expect(await dates.evaluateAll((all) => all.map((one) => one.getAttribute('title')))).toEqual([
        'The file was changed on Mar 13, 2026.',
        'The file was changed on Jan 2, 2021.',
        'The file was changed on Mar 14, 2026.',
      ]);
      await order(page, 'Best first: Newest first', 'Largest first');
      await expect.poll(() => titles(page)).toEqual([names.lease, names.boat, names.garden]);
    }));

  it('says so where nothing in it is certain', () =>
    withFakePage(browser, async (fake) => {
      answerWith(fake, false);
      await fake.visit('#/search');
      await ask(fake.page);
      await fake.page.getByText('Nothing certain. The nearest there is:').waitFor();
      expect(await fake.page.getByText('Other words may help').count()).toBe(1);
      expect(await titles(fake.page)).toHaveLength(3);
      answerWith(fake, true);
      await fake.page.getByRole('searchbox').fill('the garden');
      await fake.page.getByText('Nothing certain').first().waitFor({ state: 'detached' });
    }));

  it('says of an open document that its file has changed since it was read', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      const { documents } = host.engine.state;
      const told = page.getByText('This file has changed since it was read.');
      await visit('#/document/garden');
      await page.getByText('Runner beans want a trellis').first().waitFor();
      expect(await told.count()).toBe(0);
      const at = documents.findIndex(({ content }) => content.document.id === 'garden');
      documents[at] = { ...documents[at]!, content: { ...documents[at]!.content, changedAt: 1 } };
      await visit('#/document/garden');
      await told.waitFor();
    }));
});
