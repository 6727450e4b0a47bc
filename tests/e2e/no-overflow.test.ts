/** No screen is wider than its window: at 900 × 600, at 420 wide, and at 200 % zoom, with paths and addresses as long as real ones. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from './launch/chromium.ts';
import { type FakePage, withFakePage } from './support/fake-page.ts';
import { type Screen, screens } from './support/screens.ts';

const skip = skipReason('the width of every screen', missingChromium());

/** A window of 1280 × 800 at 200 % has half as many of the page's own pixels. */
const windows = [
  ['900 × 600', { width: 900, height: 600 }],
  ['420 wide', { width: 420, height: 760 }],
  ['200 % zoom', { width: 640, height: 400 }],
] as const;

/** As people have them: no space to break at. */
const LONG_PATH = `/home/ada/Documents/${'a-folder-that-says-much/'.repeat(6)}${'OneWordWithoutAnySpace'.repeat(3)}`;

describe.skipIf(skip)('the width of a screen', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  for (const [name, viewport] of windows) {
    it.each(screens)(`holds $name at ${name}`, (screen: Screen) =>
      withFakePage(
        browser,
        async (fake) => {
          lengthen(fake);
          await screen.show(fake);
          await fake.page.setViewportSize(viewport);
          // Laid out anew by then.
          await fake.page.evaluate(
            () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
          );
          expect(await tooWide(fake.page)).toEqual([]);
        },
        { ...screen.options, context: { viewport, reducedMotion: 'reduce' } },
      ),
    );
  }
});

function lengthen({ host }: FakePage): void {
  const { state } = host.engine;
  state.library = {
    ...state.library,
    folders: state.library.folders.map((folder) => ({
      ...folder,
      path: LONG_PATH,
      exclude: [`${LONG_PATH}/**`],
    })),
  };
}

/** What reaches out of the window or of a box that scrolls, except what is meant to scroll sideways: code, tables and pages of paper. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const found =
      root.scrollWidth > root.clientWidth ? [`the page: ${root.scrollWidth} > ${root.clientWidth}`] : [];
    for (const element of document.querySelectorAll<HTMLElement>('*')) {
      const { overflowX } = getComputedStyle(element);
      const mayScroll = element.matches('pre, .scroll, .pages, .chart, textarea, input, select');
      if (overflowX !== 'auto' && overflowX !== 'scroll') continue;
      if (!mayScroll && element.scrollWidth > element.clientWidth + 1) {
        found.push(
          `${element.tagName}.${element.className}: ${element.scrollWidth} > ${element.clientWidth}`,
        );
      }
    }
    const width = root.clientWidth;
    for (const element of document.querySelectorAll<HTMLElement>('button, input, select, a, p, h1, h2')) {
      const box = element.getBoundingClientRect();
      if (box.width < 2 || element.closest('pre, .scroll, .pages, .visually-hidden, .skip, .hidden'))
        continue;
      if (box.right > width + 1 || box.left < -1) {
        found.push(
          `${element.tagName}.${element.className} “${element.textContent?.slice(0, 30)}”: ${Math.round(box.left)}–${Math.round(box.right)}`,
        );
      }
    }
    return found;
  });
}
