/**
 * Every screen in light and dark, in a narrow and a small window, at 200 % zoom, in German, and from right to left: nothing is wider than
 * its window, axe finds nothing serious, and a picture of each is left in out/screenshots to be looked at.
 */
import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContextOptions } from 'playwright-core';
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
  readonly isRightToLeft?: boolean;
  /** Where it matters: colours and words differ, sizes do not. */
  readonly askAxe?: boolean;
  /** Paths as long as real ones, with no space to break at; and the window's own size, whatever the screen asks for. */
  readonly isTight?: boolean;
}

const desk = { width: 1280, height: 800 };
const looks: readonly Look[] = [
  { name: 'light', context: { viewport: desk }, askAxe: true },
  { name: 'dark', context: { viewport: desk, colorScheme: 'dark' }, askAxe: true },
  { name: '900', context: { viewport: { width: 900, height: 600 } }, isTight: true },
  { name: '420', context: { viewport: { width: 420, height: 760 } }, isTight: true },
  // A window of 1280 × 800 at 200 % has half as many of the page's own pixels.
  {
    name: 'zoom-200',
    context: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
    isTight: true,
  },
  { name: 'german', context: { viewport: desk, locale: 'de-DE' }, words: german, askAxe: true },
  // As the page would stand in Arabic: there is no translation, but nothing of the layout may lean on the left.
  { name: 'right-to-left', context: { viewport: desk }, isRightToLeft: true },
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
        if (look.isTight) await page.setViewportSize(look.context.viewport!);
        if (look.isRightToLeft)
          await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
        // Laid out anew by then.
        await page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
        );
        const folder = `out/screenshots/${look.name}`;
        mkdirSync(folder, { recursive: true });
        await page.screenshot({ path: `${folder}/${screen.name}.png` });
        expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(
          look.context.colorScheme ?? 'light',
        );
        expect(await tooWide(page)).toEqual([]);
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
