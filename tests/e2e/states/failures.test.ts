/** What the real engine shows too rarely to wait for: a call that fails, a document that is gone, an engine that is away. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { withFakePage } from '../support/fake-page.ts';

const skip = skipReason('failures', missingChromium());

describe.skipIf(skip)('the page, where something fails,', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it.each([
    ['#/library', 'documents.list', 'The list could not be read.', 'Tenancy agreement'],
    ['#/adapt', 'adaptation.plan', 'The plan could not be made.', 'Training pairs'],
    ['#/adapt', 'adaptation.adapters', 'The adapters could not be listed.', 'held-back questions better'],
    ['#/models', 'models.list', 'The models could not be listed.', 'nomic-embed-text'],
  ])('%s tells when %s fails, and shows it after another try', (hash, call, title, content) =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.failures.set(call, { code: 'internal', message: 'The disk makes noises.' });
      await visit(hash);
      const told = page.getByRole('alert').filter({ hasText: title });
      await told.waitFor();
      expect(await told.textContent()).toContain('The disk makes noises.');
      host.engine.failures.delete(call);
      await told.getByRole('button', { name: 'Try again' }).click();
      await page.getByText(content).first().waitFor();
    }),
  );

  it('tells when a search fails, and answers at another try', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.failures.set('search.query', { code: 'library-corrupt', message: 'The index is damaged.' });
      await visit('#/search');
      await page.getByRole('searchbox').fill('lease');
      await page.getByRole('alert').getByText('The index is damaged.').waitFor();
      host.engine.failures.delete('search.query');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.locator('[data-hit]').first().waitFor();
    }));

  it('shows the text of a PDF whose pages cannot be drawn', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.state.damaged.add('lease');
      await visit('#/document/lease?start=140&end=200');
      await page.getByText('The pages could not be drawn').waitFor();
      await page.locator('mark.passage').waitFor();
    }));

  it('shows the text of a document whose file cannot be read any more', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.failures.set('documents.bytes', {
        code: 'path-not-readable',
        message: 'The disk is gone.',
      });
      await visit('#/document/garden?start=30&end=90');
      await page.getByText('The disk is gone.').waitFor();
      await page.locator('mark.passage').waitFor();
    }));

  it('tells of a document that is no longer there', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/document/nowhere');
      await page.getByRole('alert').getByText('no longer in the library').waitFor();
    }));

  it('says that the engine is away, and finds it again by itself', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/search');
      await page.getByRole('searchbox').waitFor();
      await host.close();
      await page.getByText('The search engine has stopped.').waitFor();
      await page.getByRole('searchbox').fill('lease');
      await page.getByRole('alert').getByText('The search engine does not answer.').waitFor();
      await page.getByRole('button', { name: 'Reconnect now' }).click();
      await host.reopen();
      await page.getByText('The search engine has stopped.').waitFor({ state: 'hidden' });
      await page.locator('[data-hit]').first().waitFor();
    }));
});
