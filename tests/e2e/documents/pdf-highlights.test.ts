/** The marker strokes of a PDF's page lie on the words, however the page is turned or cut: compared with where the words are drawn. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeDocuments } from '../../support/fake-engine/fake-documents.ts';
import { makePdf } from '../../unit/fixtures/make-pdf.ts';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { withFakePage } from '../support/fake-page.ts';

const skip = skipReason('highlights of PDFs', missingChromium());
const passage = 'between the owner and the tenant of the flat in Harbour Street.';

/** The passage in red among black lines, written so that it stands upright once the page is turned, unless `isSideways`. */
const leaseTurnedBy = async (
  turn: number,
  cropBox?: readonly number[],
  isSideways = false,
): Promise<Uint8Array<ArrayBuffer>> =>
  Uint8Array.from(
    await makePdf((pdf) => {
      const { width, height } = pdf.page;
      Object.assign(pdf.page.dictionary.data, {
        Rotate: turn,
        ...(cropBox ? { CropBox: [...cropBox] } : {}),
      });
      if (!isSideways) {
        if (turn === 90) pdf.translate(0, height).rotate(-90);
        if (turn === 180) pdf.translate(width, height).rotate(180);
        if (turn === 270) pdf.translate(width, 0).rotate(90);
      }
      pdf.font('Helvetica').fontSize(12);
      pdf.fillColor('black').text('Tenancy agreement', 100, 180, { lineBreak: false });
      pdf.fillColor('red').text(passage, 100, 230, { lineBreak: false });
      pdf
        .fillColor('black')
        .text('Parties and premises, which come after it.', 100, 280, { lineBreak: false });
    }),
  );

type Box = { left: number; top: number; right: number; bottom: number };

/** Where the red words are drawn and where the strokes lie, both in CSS pixels from the sheet's corner. */
const boxesOn = (
  page: Page,
): Promise<{ drawn: Box; marked: Box; sheet: { width: number; height: number } }> =>
  page.evaluate(() => {
    const sheet = document.querySelector('[data-page="1"]')!;
    const frame = sheet.getBoundingClientRect();
    const canvas = sheet.querySelector('canvas')!;
    const { data, width, height } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const drawn = { left: width, top: height, right: 0, bottom: 0 };
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = 4 * (y * width + x);
        if (data[at]! < 200 || data[at + 1]! > 120 || data[at + 2]! > 120) continue;
        drawn.left = Math.min(drawn.left, x);
        drawn.right = Math.max(drawn.right, x + 1);
        drawn.top = Math.min(drawn.top, y);
        drawn.bottom = Math.max(drawn.bottom, y + 1);
      }
    }
    const [scaleX, scaleY] = [frame.width / width, frame.height / height];
    const strokes = [...sheet.querySelectorAll('.stroke')].map((stroke) => stroke.getBoundingClientRect());
    return {
      sheet: { width: frame.width, height: frame.height },
      drawn: {
        left: drawn.left * scaleX,
        right: drawn.right * scaleX,
        top: drawn.top * scaleY,
        bottom: drawn.bottom * scaleY,
      },
      marked: {
        left: Math.min(...strokes.map((box) => box.left)) - frame.left,
        right: Math.max(...strokes.map((box) => box.right)) - frame.left,
        top: Math.min(...strokes.map((box) => box.top)) - frame.top,
        bottom: Math.max(...strokes.map((box) => box.bottom)) - frame.top,
      },
    };
  });

describe.skipIf(skip)('the marker', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const { text } = fakeDocuments()[0]!.content;
  const start = text.indexOf(passage);
  const address = `#/document/lease?start=${start}&end=${start + passage.length}`;

  it.each<[string, number, readonly number[] | undefined, boolean?]>([
    ['stands upright', 0, undefined],
    ['is turned by 90 degrees', 90, undefined],
    ['is turned by 180 degrees', 180, undefined],
    ['is turned by 270 degrees', 270, undefined],
    ['is turned by 90 degrees, its lines with it', 90, undefined, true],
    ['is cut', 0, [60, 300, 560, 760]],
    ['is cut and turned by 90 degrees', 90, [100, 60, 500, 800]],
    ['is cut and turned by 270 degrees', 270, [90, 20, 520, 790]],
  ])('lies on the words of a page that %s, at every zoom', (_, turn, cropBox, isSideways) =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.state.otherBytes.set('lease', await leaseTurnedBy(turn, cropBox, isSideways));
      await visit(address);
      for (const zoom of ['Zoom in', 'Zoom in', null]) {
        await page.locator('[data-page="1"] .stroke').first().waitFor();
        await page.waitForFunction(() => {
          const sheet = document.querySelector<HTMLElement>('[data-page="1"]')!;
          const canvas = sheet.querySelector('canvas');
          return canvas !== null && Math.abs(canvas.width / devicePixelRatio - sheet.clientWidth) < 2;
        });
        const { drawn, marked, sheet } = await boxesOn(page);
        const told = JSON.stringify({ drawn, marked, sheet, zoom });
        const lineHeight = Math.min(drawn.right - drawn.left, drawn.bottom - drawn.top);
        for (const side of ['left', 'right', 'top', 'bottom'] as const)
          expect(Math.abs(marked[side] - drawn[side]), `${side} of ${told}`).toBeLessThan(0.6 * lineHeight);
        if (zoom) await page.getByRole('button', { name: zoom }).click();
      }
    }),
  );
});
