/**
 * Every screen in light and dark, in a narrow and a small window, at 200 % zoom, in German, and from right to left: nothing is wider than
 * its window, axe finds nothing serious, and a picture of each is left in out/screenshots to be looked at; PICTURES=0 leaves them out.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { german } from '../../../src-renderer/strings/languages/de.ts';
import { type Strings, strings } from '../../../src-renderer/strings.ts';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { type FakePage, withFakePage } from '../support/fake-page.ts';
import { screens } from './all-screens.ts';
import { seriousViolations } from './serious-violations.ts';
import { takePicture } from './take-picture.ts';
import { tooWide } from './too-wide.ts';

const skip = skipReason('every screen of the page', missingChromium());

interface View {
  /** Of the folder that its pictures are in. */
  readonly name: string;
  /** What is done to the page before the picture. */
  readonly change: (page: Page) => Promise<unknown>;
  /** Colours matter; words, sizes and directions do not. */
  readonly theme?: 'light' | 'dark';
}

/** A screen is opened once for each look: opening it takes longer than all of its views. */
interface Look {
  readonly name: string;
  readonly context: BrowserContextOptions;
  readonly words: Strings;
  /** Paths as long as real ones, with no space to break at. */
  readonly isTight?: boolean;
  readonly views: readonly View[];
}

const desk = { width: 1280, height: 800 };
const sized = (width: number, height: number) => (page: Page) => page.setViewportSize({ width, height });
const looks: readonly Look[] = [
  {
    name: 'light, dark, and right to left',
    context: { viewport: desk },
    words: strings,
    views: [
      { name: 'light', change: async () => {}, theme: 'light' },
      { name: 'dark', change: (page) => page.emulateMedia({ colorScheme: 'dark' }), theme: 'dark' },
      {
        name: 'right-to-left',
        change: async (page) => {
          await page.emulateMedia({ colorScheme: 'light' });
          // As the page would stand in Arabic: there is no translation, but nothing of the layout may lean on the left.
          await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
        },
      },
    ],
  },
  {
    // German words are the longest of the page's languages, so they are what has to fit.
    name: 'German, narrow, small and zoomed',
    context: { viewport: desk, locale: 'de-DE' },
    words: german,
    isTight: true,
    views: [
      { name: 'german', change: async () => {} },
      { name: '900', change: sized(900, 600) },
      { name: '420', change: sized(420, 760) },
      // A window of 1280 × 800 at 200 % has half as many of the page's own pixels.
      { name: 'zoom-200', change: sized(640, 400) },
    ],
  },
];

const LONG_PATH = `/home/ada/Documents/${'a-folder-that-says-much/'.repeat(6)}${'OneWordWithoutAnySpace'.repeat(3)}`;

describe.skipIf(skip).each(looks)('every screen, $name', (look) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it.each(screens)('$name', (screen) =>
    withFakePage(
      browser,
      async (fake) => {
        const { page } = fake;
        if (look.isTight) lengthen(fake);
        await screen.show(fake, look.words);
        for (const { name, change, theme } of look.views) {
          await change(page);
          // Laid out anew by then.
          await page.evaluate(
            () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
          );
          if (process.env.PICTURES !== '0')
            await takePicture(page, `out/screenshots/${name}/${screen.name}.png`);
          expect(await tooWide(page), name).toEqual([]);
          if (!theme) continue;
          expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(theme);
          // Light and dark differ in colours alone.
          expect(
            await seriousViolations(page, theme === 'dark' ? 'color-contrast' : undefined),
            name,
          ).toEqual([]);
        }
      },
      { ...screen.options, context: { ...look.context, reducedMotion: 'reduce' } },
    ),
  );
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
