/** From opening the app for the first time to an answer over one's own folder: three clicks at the most, one of which adds the folder. */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchChromium, missingChromium, skipReason } from './launch/chromium.ts';
import { chromiumLauncher } from './launch/chromium-launcher.ts';
import { ask } from './support/ask.ts';
import { withFakePage } from './support/fake-page.ts';
import { scratchFolder } from './support/scratch-folder.ts';

const skip = skipReason('the first minutes', missingChromium());

describe.skipIf(skip)('the first minutes', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  afterEach(() => vi.unstubAllEnvs());

  it('lead to an answer in one’s own Documents by one click', async () => {
    const scratch = scratchFolder();
    const documents = scratch.sub('person/Documents');
    mkdirSync(join(documents, 'web/node_modules'), { recursive: true });
    cpSync('resources/sample-library', documents, { recursive: true });
    scratch.write('person/Documents/web/node_modules/a/index.js', 'no document of mine');
    vi.stubEnv('HOME', scratch.sub('person'));
    vi.stubEnv('USERPROFILE', scratch.sub('person'));
    vi.stubEnv('XDG_CONFIG_HOME', scratch.sub('person/.config'));
    const launcher = chromiumLauncher();
    try {
      const { page, close } = await launcher.launch(scratch.sub('home'));
      await page.evaluate(() => {
        document.documentElement.dataset.clicks = '0';
        window.addEventListener('click', () => {
          const { dataset } = document.documentElement;
          dataset.clicks = String(Number(dataset.clicks) + 1);
        });
      });
      const offered = page.locator('[data-suggested="documents"]');
      await offered.getByText(/^\d+ documents, .*Left out: 3 files: .*node_modules \(1\)/).waitFor();
      await offered.getByRole('button').click();
      await page.getByRole('heading', { name: 'Now ask something' }).waitFor({ timeout: 120_000 });
      const hits = await ask(page, 'landlady agreement dog');
      expect(await hits.first().textContent()).toMatch(/dog/i);
      const clicks = Number(await page.evaluate(() => document.documentElement.dataset.clicks));
      expect(clicks).toBeLessThanOrEqual(3);
      await close();
    } finally {
      await launcher.closeBrowser();
      scratch.remove();
    }
  });

  it('show in the dialog what is left out, and include it by one click', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/library');
      await page.getByRole('button', { name: 'Leave out…: /home/ada/Documents' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('1,240 documents').waitFor();
      await dialog.getByText('Left out: more than 12,643 files').waitFor();
      await dialog.getByRole('button', { name: 'Include node_modules' }).click();
      await dialog.getByRole('button', { name: 'Include node_modules' }).waitFor({ state: 'detached' });
      expect(await dialog.getByRole('textbox').inputValue()).toBe('drafts/**\n!node_modules');
      await dialog.getByRole('checkbox').check();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(host.engine.calls.findLast(({ name }) => name === 'folders.update')?.input).toMatchObject({
        exclude: ['drafts/**', '!node_modules', '.gitignore'],
      });
    }));

  it('tick no step off for the sample library, and offer a folder of one’s own next', () =>
    withFakePage(
      browser,
      async ({ page, host, visit }) => {
        const { library } = host.engine.state;
        const ofOwn = library.folders;
        host.engine.state.library = {
          ...library,
          folders: ofOwn.map((folder) => ({ ...folder, path: '/opt/Llara/resources/sample-library' })),
        };
        await visit('');
        await page.getByRole('heading', { name: 'Now ask something' }).waitFor();
        const ticked = page.getByRole('listitem').locator('.number svg');
        expect(await ticked.count()).toBe(0);
        await page.getByText('That was the sample').waitFor();
        await page.getByRole('button', { name: 'Add a folder of mine' }).waitFor();
        host.engine.state.library = { ...library, folders: ofOwn };
        await visit('');
        await page.getByRole('heading', { name: 'Now ask something' }).waitFor();
        expect(await ticked.count()).toBe(2);
        expect(await page.getByText('That was the sample').count()).toBe(0);
      },
      { onboarded: false },
    ));

  it('ask again what was asked before anything was read', () =>
    withFakePage(
      browser,
      async ({ page, host, visit }) => {
        host.engine.state.answer = () => ({ ...emptyAnswer, groups: [] });
        await visit('#/search');
        await page.getByRole('searchbox').fill('lease');
        await page.getByText('Nothing found.').waitFor();
        host.engine.state.answer = null;
        await page.getByRole('link', { name: 'Library' }).click();
        await page.getByRole('button', { name: 'Add folder' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.locator('[data-suggested="downloads"]').getByRole('button').click();
        await dialog.waitFor({ state: 'detached' });
        await page.getByRole('link', { name: 'Search' }).click();
        await page.locator('[data-hit]').first().waitFor();
      },
      { stepMs: 20 },
    ));
});

const emptyAnswer = {
  mode: 'hybrid' as const,
  notices: [],
  timing: {
    parseMs: 0,
    encodeMs: 0,
    lexicalMs: 0,
    denseMs: 0,
    fuseMs: 0,
    rerankMs: 0,
    presentMs: 0,
    totalMs: 1,
  },
};
