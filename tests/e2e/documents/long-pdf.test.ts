/**
 * A PDF of 352 pages opens at the page that is wanted, and reads, fills and draws no other before but those around it, so that its length costs
 * next to nothing. The time is printed; what is held is what does not depend on what else the machine does.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePdf } from '../../support/fake-engine/make-pdf.ts';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { type FakePage, withFakePage } from '../support/fake-page.ts';

const skip = skipReason('a long PDF', missingChromium());
const pageCount = 352;
const wanted = 300;
/** Some of what is above and below the window is drawn ahead. */
const around = 2;

describe.skipIf(skip)('a PDF of 352 pages', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const lines = (page: number) =>
    Array.from(
      { length: 40 },
      (_, line) => `Page ${page}, line ${line + 1}: the meter in the cellar was read again.`,
    );

  /** A document like the lease, but long; its passage is on the wanted page. */
  const addLong = ({ host }: FakePage) => {
    const { documents } = host.engine.state;
    const lease = documents.find(({ content }) => content.document.id === 'lease')!;
    const texts = Array.from({ length: pageCount }, (_, index) => lines(index + 1).join('\n'));
    const starts = texts.map((_, index) => texts.slice(0, index).join('\n\n').length + (index > 0 ? 2 : 0));
    const text = texts.join('\n\n');
    const start = text.indexOf(`Page ${wanted}, line 20:`);
    const end = text.indexOf('again.', start) + 'again.'.length;
    const bytes = makePdf(Array.from({ length: pageCount }, (_, index) => lines(index + 1)));
    const document = {
      ...lease.content.document,
      id: 'long',
      title: 'Readings',
      pageCount,
      sizeBytes: bytes.length,
    };
    const pages = texts.map((page, index) => ({
      page: index + 1,
      start: starts[index]!,
      end: starts[index]! + page.length,
    }));
    documents.push({
      content: { ...lease.content, document, text, pages },
      bytes,
      passages: [{ start, end, headingPath: [] }],
    });
    return { start, end };
  };

  /** In the page, from its start: which pages were drawn, and which the PDF was asked for before a passage was marked. */
  const noteDrawing = (page: Page) =>
    page.addInitScript(() => {
      const drawn: number[] = [];
      let asked: number[] = [];
      let askedBefore: number[] | null = null;
      Object.assign(window, { drawn, askedBefore: () => askedBefore });
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (this: Worker, message: unknown, ...rest: unknown[]) {
        const { action, data } = message as { action?: string; data?: { pageIndex: number } };
        if (action === 'GetDocRequest') [asked, askedBefore] = [[], null];
        if (action === 'GetPage') asked.push(data!.pageIndex + 1);
        return Reflect.apply(post, this, [message, ...rest]);
      } as typeof post;
      new MutationObserver((changes) => {
        for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
          if (!(node instanceof HTMLElement)) continue;
          const sheet = node.matches('canvas') ? node.closest<HTMLElement>('[data-page]') : null;
          if (sheet) drawn.push(Number(sheet.dataset.page));
          if (node.matches('.stroke')) askedBefore ??= [...asked];
        }
      }).observe(document, { childList: true, subtree: true });
    });
  /** In the page: milliseconds from going to an address to the frame in which the passage stands marked on a drawn page. */
  const goAndWait = ({ hash, at }: { hash: string; at: number }): Promise<number> =>
    new Promise((resolve) => {
      const startedAt = performance.now();
      const other = document.querySelector('[data-page]');
      const look = () => {
        const sheet = document.querySelector(`[data-page="${at}"]`);
        const isThere =
          !other?.isConnected && sheet?.querySelector('canvas') && sheet.querySelector('.stroke');
        if (isThere) resolve(Math.round(performance.now() - startedAt));
        else requestAnimationFrame(look);
      };
      location.hash = hash;
      requestAnimationFrame(look);
    });
  const drawnIn = (page: Page) =>
    page.evaluate(() => [...new Set((window as unknown as { drawn: number[] }).drawn)]);
  const askedBeforeMark = (page: Page) =>
    page.evaluate(() => (window as unknown as { askedBefore: () => number[] }).askedBefore());
  const filledIn = (page: Page) =>
    page
      .locator('[data-page]:not(:empty)')
      .evaluateAll((sheets) => sheets.map((sheet) => Number((sheet as HTMLElement).dataset.page)));
  const isFar = (page: number) => Math.abs(page - wanted) > around;

  it('shows the wanted page and its passage, and before it reads, fills and draws only what is near', () =>
    withFakePage(browser, async (fake) => {
      const { page, visit } = fake;
      const { start, end } = addLong(fake);
      await noteDrawing(page);
      // What draws PDFs is loaded by then, as it is for a person who looks at one document after another.
      await visit(`#/document/long?start=${start}&end=${end}`);
      await page.locator(`[data-page="${wanted}"] .stroke`).first().waitFor();
      const openAt = (hash: string, at: number) => page.evaluate(goAndWait, { hash, at });
      const shortMs = [];
      const longMs = [];
      for (let turn = 0; turn < 3; turn += 1) {
        shortMs.push(await openAt('#/document/lease?start=0&end=16', 1));
        longMs.push(await openAt(`#/document/long?start=${start}&end=${end}`, wanted));
        // All others are taken to be as large as the first.
        expect((await askedBeforeMark(page)).filter(isFar)).toEqual([1]);
        expect((await filledIn(page)).filter(isFar)).toEqual([]);
      }
      console.log(
        `a passage marked on page ${wanted} of ${pageCount}: ${longMs.join(', ')} ms; on page 1 of 3, in turns: ${shortMs.join(', ')} ms`,
      );
      expect(await page.locator('[data-page]').count()).toBe(pageCount);
      await expect.poll(() => page.getByLabel('Go to page').inputValue()).toBe(String(wanted));
      const drawn = await drawnIn(page);
      expect(drawn).toContain(wanted);
      // The short document has three.
      expect(drawn.filter((one) => one > 3 && isFar(one))).toEqual([]);
    }));

  it('goes to a page far away without drawing those on the way', () =>
    withFakePage(browser, async (fake) => {
      const { page, visit } = fake;
      addLong(fake);
      await noteDrawing(page);
      await visit('#/document/long');
      await page.locator('[data-page="1"] canvas').waitFor();
      await page.getByLabel('Go to page').fill(String(wanted));
      await page.keyboard.press('Enter');
      await page.locator(`[data-page="${wanted}"] canvas`).waitFor();
      const far = (await drawnIn(page)).filter((one) => one > 1 + around && isFar(one));
      expect(far).toEqual([]);
    }));
});
