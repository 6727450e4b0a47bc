/**
 * Every screen in light and dark, in a narrow and a small window, at 200 % zoom, in German, and from right to left: nothing is wider than
 * its window, axe finds nothing serious, and a picture of each is left in out/screenshots to be looked at.
 */
import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { german } from '../../../src-renderer/strings/languages/de.ts';
import { type Strings, strings } from '../../../src-renderer/strings.ts';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { type FakePage, withFakePage } from '../support/fake-page.ts';
import { screens } from './all-screens.ts';
import { seriousViolations } from './serious-violations.ts';
import { tooWide } from './too-wide.ts';

const skip = skipReason('every screen of the page', missingChromium());

interface Look {
  readonly name: string;
  readonly context: BrowserContextOptions;
  readonly words?: Strings;
  /** Colours matter; words, sizes and directions do not. */
  readonly askAxe?: boolean;
  /** Paths as long as real ones, with no space to break at. */
  readonly isTight?: boolean;
  /** Names of pictures, each with what is done to the page before it. */
  readonly views: readonly (readonly [name: string, change: (page: Page) => Promise<unknown>])[];
}

const desk = { width: 1280, height: 800 };
const asItIs = async () => {};
const sized = (width: number, height: number) => (page: Page) => page.setViewportSize({ width, height });
const looks: readonly Look[] = [
  {
    name: 'light and right to left',
    context: { viewport: desk },
    askAxe: true,
    views: [
      ['light', asItIs],
      // As the page would stand in Arabic: there is no translation, but nothing of the layout may lean on the left.
      ['right-to-left', (page) => page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))],
    ],
  },
  {
    name: 'dark',
    context: { viewport: desk, colorScheme: 'dark' },
    askAxe: true,
    views: [['dark', asItIs]],
  },
  {
    name: 'narrow, small and zoomed',
    context: { viewport: { width: 900, height: 600 } },
    isTight: true,
    views: [
      ['900', sized(900, 600)],
      ['420', sized(420, 760)],
      // A window of 1280 × 800 at 200 % has half as many of the page's own pixels.
      ['zoom-200', sized(640, 400)],
    ],
  },
  {
    name: 'german',
    context: { viewport: desk, locale: 'de-DE' },
    words: german,
    views: [['german', asItIs]],
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
        await screen.show(fake, look.words ?? strings);
        for (const [name, change] of look.views) {
          await change(page);
          // Laid out anew by then.
          await page.evaluate(
            () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
          );
          const folder = `out/screenshots/${name}`;
          mkdirSync(folder, { recursive: true });
          await page.screenshot({ path: `${folder}/${screen.name}.png` });
          expect(await tooWide(page), name).toEqual([]);
        }
        expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(
          look.context.colorScheme ?? 'light',
        );
        if (look.askAxe) expect(await seriousViolations(page)).toEqual([]);
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
