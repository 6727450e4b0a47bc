/** What the real engine shows too rarely to wait for: failures of every call, a run of adaptation, a download, an absence. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from './launch/chromium.ts';
import { withFakePage } from './support/fake-page.ts';

const skip = skipReason('states of the page', missingChromium());

describe.skipIf(skip)('the page', () => {
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

  it.each([
    ['/home/ada/lease.pdf', 'Add a file', 'Add this file'],
    ['/home/ada/Music', 'Add a folder', 'Add this folder'],
  ])('offers %s, which was dropped on the program, as what it is', (path, title, action) =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit(`#/library?add=${encodeURIComponent(path)}`);
      const dialog = page.getByRole('dialog', { name: title });
      await dialog.getByRole('button', { name: action }).click();
      await dialog.waitFor({ state: 'hidden' });
      expect(host.engine.state.library.folders.at(-1)).toMatchObject({
        path,
        isFile: title === 'Add a file',
      });
      await page.getByText(path, { exact: true }).waitFor();
    }),
  );

  it('lets a path be typed in place of the one that comes while the field has the focus', () =>
    withFakePage(browser, async ({ page, visit }) => {
      const held: (() => void)[] = [];
      await page.route('**/rpc/folders/browse', async (route) => {
        await new Promise<void>((release) => held.push(release));
        await route.continue();
      });
      await visit('#/library');
      await page.getByRole('button', { name: 'Add folder' }).first().click();
      const field = page.getByLabel('Path of the folder');
      await field.focus();
      await expect.poll(() => held.length).toBe(1);
      held[0]!();
      await expect.poll(() => field.inputValue()).toBe('/home/ada');
      await page.keyboard.insertText('/home/ada/Recipes');
      expect(await field.inputValue()).toBe('/home/ada/Recipes');
    }));

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

  it('shows a whole answer in the width of the quick-search window, the mark of the Enter key included', () =>
    withFakePage(
      browser,
      async ({ page, visit }) => {
        await visit('#/quick');
        await page.getByRole('searchbox').fill('lease');
        const mark = page.locator('[data-hit="0"] kbd');
        await mark.waitFor();
        const answer = page.locator('.answer');
        const [shown, needed] = await answer.evaluate((element) => [
          element.clientWidth,
          element.scrollWidth,
        ]);
        expect(needed).toBe(shown);
        const [markBox, answerBox] = [await mark.boundingBox(), await answer.boundingBox()];
        expect(markBox!.x + markBox!.width).toBeLessThanOrEqual(answerBox!.x + shown!);
        expect(markBox!.x).toBeGreaterThan(answerBox!.x);
      },
      { context: { viewport: { width: 720, height: 440 } } },
    ));

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

  it('drops a late answer to an earlier question', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/search');
      await page.getByRole('searchbox').waitFor();
      await page.route('**/rpc/search/query', async (route) => {
        if (route.request().postData()?.includes('tomatoes'))
          await new Promise((resolve) => setTimeout(resolve, 900));
        // The page has given the first question up by then, which is what is tested.
        await route.continue().catch(() => undefined);
      });
      await page.getByRole('searchbox').fill('tomatoes');
      await page.waitForTimeout(150);
      await page.getByRole('searchbox').fill('boat');
      await page.locator('[data-hit]').getByRole('heading', { name: 'The boat' }).waitFor();
      await page.waitForTimeout(1200);
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

  it('says that search goes by words while there is no encoder', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.state.library = {
        ...host.engine.state.library,
        encoder: null,
        wordsOnlyReason: 'No encoder is installed.',
      };
      await visit('#/search');
      await page.getByText('No encoder is installed.').waitFor();
      await visit('#/models');
      await page.getByText('No encoder is in use.').waitFor();
      host.engine.state.otherLibraries = [
        { ...host.engine.state.library, name: 'letters', wordsOnlyReason: null },
      ];
      await visit('#/models');
      await page.getByText('The library “default” is searched by words only.').waitFor();
      await page.getByLabel('Library in use').selectOption('letters');
      await page.getByText('is searched by words only').waitFor({ state: 'detached' });
    }));

  it('plans, runs, pauses, plots and ends an adaptation, and adopts and rolls back what came of it', () =>
    withFakePage(
      browser,
      async ({ page, host, visit }) => {
        await visit('#/adapt');
        await page.getByText('Training pairs').waitFor();
        await page.getByLabel('Time to spend').selectOption('5');
        await page.getByText('5 min', { exact: true }).waitFor();
        await page.getByRole('button', { name: 'Start' }).click();
        await page.locator('.uplot canvas').waitFor();
        const lastPoint = page.getByTestId('last-point');
        await lastPoint.waitFor();
        await page.getByRole('button', { name: /^Pause:/ }).click();
        await page.locator('[data-job="adapt"][data-state="paused"]').waitFor();
        const paused = await lastPoint.textContent();
        await page.waitForTimeout(300);
        expect(await lastPoint.textContent()).toBe(paused);
        // Another look at the page finds the run and its curve so far.
        await visit('#/adapt');
        await page.locator('.uplot canvas').waitFor();
        expect(await lastPoint.textContent()).toBe(paused);
        await page.getByRole('button', { name: /^Resume:/ }).click();
        await page.locator('[data-adapter="a2"]').waitFor();

        await page.locator('[data-adapter="a2"]').getByRole('button', { name: 'Use it' }).click();
        await page.locator('[data-adapter="a2"][data-state="active"]').waitFor();
        await page.getByRole('button', { name: 'Back to the plain encoder' }).click();
        await page.locator('[data-adapter="a2"][data-state="available"]').waitFor();
        await page.locator('[data-adapter="a2"]').getByRole('button', { name: 'Remove' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
        await page.locator('[data-adapter="a2"]').waitFor({ state: 'detached' });
        expect(
          host.engine.calls.filter(({ name }) => name === 'adaptation.adopt').map(({ input }) => input),
        ).toEqual([
          { library: 'default', adapterId: 'a2' },
          { library: 'default', adapterId: null },
        ]);
      },
      { stepMs: 200 },
    ));

  it('asks before a download, and shows for its time that the app is online', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/models');
      const promise = page.locator('.promise');
      expect(await promise.textContent()).toContain('Offline');
      await page.getByRole('button', { name: 'Download' }).click();
      const dialog = page.getByRole('dialog');
      expect(await dialog.textContent()).toMatch(/146 MB from huggingface\.co/);
      expect(host.engine.calls.some(({ name }) => name === 'models.download')).toBe(false);
      await dialog.getByRole('button', { name: 'Download' }).click();
      await promise.getByText('Downloading a model').waitFor();
      await page.getByRole('button', { name: /^Cancel:/ }).click();
      await promise.getByText('Offline').waitFor();
    }));

  it('shows what the probe found on each device', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/models');
      await page.getByRole('button', { name: 'Probe the devices' }).click();
      await page.getByText('46 passages/s').waitFor();
      await page.getByText('so it is not used').waitFor();
    }));

  it('offers CUDA where NVIDIA’s driver is, fetches it when asked, and removes it again', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/models');
      await page.getByRole('button', { name: 'Probe the devices' }).waitFor();
      await expect.poll(() => host.engine.calls.some(({ name }) => name === 'devices.packs')).toBe(true);
      expect(await page.locator('[data-pack]').count()).toBe(0);
      host.engine.state.cuda = { ...host.engine.state.cuda, hasDriver: true };
      await visit('#/search');
      await visit('#/models');
      await page.getByText(/when you ask for them \(320 MB\)/).waitFor();
      await page.getByRole('button', { name: 'Download CUDA' }).click();
      await page.locator('.promise').getByText('Downloading').waitFor();
      await page.getByText(/CUDA was fetched and takes 564 MB/).waitFor();
      await page.getByRole('button', { name: 'Remove CUDA' }).click();
      await page.getByRole('button', { name: 'Download CUDA' }).waitFor({ state: 'detached' });
      expect(host.engine.state.cuda.state).toBe('absent');
    }));

  it('changes what a folder leaves out', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/library');
      await page.getByRole('button', { name: /^Leave out…/ }).click();
      const patterns = page.getByLabel('Leave out (one pattern per line)');
      expect(await patterns.inputValue()).toBe('drafts/**');
      await patterns.fill('drafts/**\n\n  *.log ');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Left out: drafts/**, *.log').waitFor();
      expect(host.engine.state.library.folders[0]?.exclude).toEqual(['drafts/**', '*.log']);
    }));

  it('chooses a folder by walking through the folders', () =>
    withFakePage(
      browser,
      async ({ page, host, visit }) => {
        await visit('#/library');
        await page.getByRole('button', { name: 'Add folder' }).first().click();
        await page.getByRole('button', { name: 'Pictures' }).click();
        await expect
          .poll(() => page.getByLabel('Path of the folder').inputValue())
          .toBe('/home/ada/Pictures');
        await page.getByRole('button', { name: 'Parent folder' }).click();
        await page.getByRole('button', { name: 'Documents', exact: true }).click();
        await expect
          .poll(() => page.getByLabel('Path of the folder').inputValue())
          .toBe('/home/ada/Documents');
        await page.getByRole('button', { name: 'Add this folder' }).click();
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
        expect(host.engine.state.library.folders[0]?.path).toBe('/home/ada/Documents');
      },
      { empty: true },
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

  it('makes, renames and removes a library, and keeps to the default one at the end', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/library');
      const rows = page.locator('[data-library]');
      await rows.first().waitFor();
      expect(await rows.count()).toBe(1);
      expect(await rows.first().getByRole('button').count()).toBe(0);

      await page.getByRole('button', { name: 'New library' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('default');
      await dialog.getByRole('button', { name: 'New library' }).click();
      await dialog.getByRole('alert').getByText('There is already a library').waitFor();
      await dialog.getByLabel('Name').fill('Große Fälle 2');
      await dialog.getByText('It will be called gro-e-falle-2.').waitFor();
      await dialog.getByLabel('Name').fill('Case files');
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'hidden' });
      await page.locator('[data-library="case-files"]').getByText('In use').waitFor();
      await page.getByText('No folders yet').waitFor();
      expect(await page.getByLabel('Library in use').inputValue()).toBe('case-files');

      await page.getByRole('button', { name: 'Rename the library case-files' }).click();
      await dialog.getByLabel('Name').fill('archive');
      await page.keyboard.press('Enter');
      await page.locator('[data-library="archive"]').getByText('In use').waitFor();
      await page.locator('[data-library="case-files"]').waitFor({ state: 'detached' });
      // The library in use is remembered over a reload.
      await visit('#/library');
      await page.locator('[data-library="archive"]').getByText('In use').waitFor();

      await page.getByRole('button', { name: 'Remove the library archive' }).click();
      await dialog.getByRole('button', { name: 'Remove' }).click();
      await page.locator('[data-library="default"]').getByText('In use').waitFor();
      expect(await rows.count()).toBe(1);
      await page.getByText('Tenancy agreement').waitFor();
      expect(host.engine.state.otherLibraries).toEqual([]);
    }));

  it('shows another library’s own plan and adapters as soon as that library is chosen', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.state.otherLibraries = [{ ...host.engine.state.library, name: 'letters' }];
      await visit('#/adapt');
      await page.locator('[data-adapter="a1"]').waitFor();
      host.engine.state.adapters = [];
      host.engine.calls.length = 0;
      await page.getByLabel('Library in use').selectOption('letters');
      await page.getByText('No adapters yet.').waitFor();
      for (const name of ['adaptation.plan', 'adaptation.adapters']) {
        const asked = host.engine.calls.filter((call) => call.name === name);
        expect(asked.map(({ input }) => input)).toEqual([expect.objectContaining({ library: 'letters' })]);
      }
    }));

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
});
