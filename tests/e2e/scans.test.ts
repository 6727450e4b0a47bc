/** Scans and pictures in the page: what reading them takes, the marker on a picture's own words, and a document without any text among the answers. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeDocument, fakeDocuments } from '../support/fake-engine/fake-documents.ts';
import type { FakeState } from '../support/fake-engine/fake-state.ts';
import { scanPng } from '../support/scans.ts';
import { launchChromium, missingChromium, skipReason } from './launch/chromium.ts';
import { withFakePage } from './support/fake-page.ts';

const skip = skipReason('scans and pictures', missingChromium());
const text = 'Gardiner Haskins\nLadder, aluminium, returned within 30 days only.';
const width = 900;
const height = 240;

/** A picture of 900 × 240 pixels, its words one after the other on two lines of 40 pixels. */
const addReceipt = (state: FakeState): FakeDocument => {
  const [first] = fakeDocuments();
  const { facts: _, ...document } = first!.content.document;
  const receipt: FakeDocument = {
    content: {
      ...first!.content,
      document: {
        ...document,
        id: 'receipt',
        kind: 'picture',
        title: 'receipt ladder',
        path: '/home/ada/Documents/receipt ladder.png',
        relativePath: 'receipt ladder.png',
        pageCount: null,
      },
      text,
      pages: [],
      headings: [],
      recognisedPages: [1],
    },
    bytes: Buffer.from(scanPng(...text.split('\n'))),
    passages: [{ start: 0, end: text.length, headingPath: [] }],
  };
  state.documents.push(receipt);
  const words = text
    .split('\n')
    .flatMap((line, row) =>
      line
        .split(' ')
        .map((word, at) => ({ text: word, left: 40 + at * 100, top: 60 + row * 80, width: 90, height: 40 })),
    );
  state.recognition.words.set('receipt', { width, height, words });
  return receipt;
};

describe.skipIf(skip)('scans and pictures', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it('are said to wait, with their time; a language is downloaded, then they are read', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      host.engine.state.recognition.waitingPages = 30;
      await visit('#/library');
      const card = page.getByRole('region', { name: 'Scans and pictures' });
      await card.getByText('30 pages in 30 documents').waitFor();
      await card.getByText('about 2 min').waitFor();
      expect(await card.getByRole('button', { name: 'Read them now' }).count()).toBe(0);
      await card.getByRole('combobox', { name: 'Language' }).selectOption('German');
      await card.getByRole('button', { name: 'Download (8.4 MB)' }).click();
      await card.getByText('Languages that are read: German').waitFor();
      await card.getByRole('button', { name: 'Read them now' }).click();
      await expect.poll(() => host.engine.state.jobs.some(({ kind }) => kind === 'recognise')).toBe(true);
      await card.waitFor({ state: 'detached' });
    }));

  it('are switched off for a folder where its patterns are', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await visit('#/library');
      await page.getByRole('button', { name: /^Leave out…/ }).click();
      await page.getByRole('switch', { name: 'Read the text of scans and pictures' }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Scans and pictures are not read').waitFor();
      expect(host.engine.state.library.folders[0]!.recognise).toBe(false);
    }));

  it('show a picture with the marker on the words that answer, and the text beneath', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      const { content } = addReceipt(host.engine.state);
      const start = text.indexOf('Ladder');
      await visit(`#/document/${content.document.id}?start=${start}&end=${text.length}`);
      const picture = page.getByRole('img', { name: 'receipt ladder' });
      await picture.waitFor();
      await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(width);
      await page.getByRole('heading', { name: 'Recognised text' }).waitFor();
      await page.locator('.stroke').first().waitFor({ state: 'attached' });
      const frame = (await picture.boundingBox())!;
      const stroke = (await page.locator('.stroke').first().boundingBox())!;
      // The whole second line: from its first word's left edge to its last one's right edge.
      const scale = frame.width / width;
      expect(stroke.x - frame.x).toBeCloseTo(40 * scale, -1);
      expect(stroke.width).toBeCloseTo(690 * scale, -1);
      expect(stroke.y - frame.y).toBeCloseTo(140 * (frame.height / height), -1);
    }));

  it('that hold no text are among the answers by their names, and open', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      const { state } = host.engine;
      const { content } = addReceipt(state);
      const reason = 'It is a picture, which text recognition has not read yet.';
      const document = { ...content.document, state: 'scan', reason, chunkCount: 0 } as const;
      Object.assign(content, { document, text: '', recognisedPages: [] });
      state.answer = () => ({
        mode: 'lexical',
        groups: [{ document, score: 1, hits: [] }],
        notices: [],
        timing: { parseMs: 0, encodeMs: 0, lexicalMs: 0, denseMs: 0, fuseMs: 0, presentMs: 0, totalMs: 1 },
      });
      await visit('#/search');
      await page.getByRole('searchbox').fill('receipt ladder');
      const row = page.locator('[data-hit="0"]');
      await row.getByText('no text was read from it').waitFor();
      await row.getByText(reason).waitFor();
      await row.locator('a').click();
      await page.getByRole('heading', { name: 'receipt ladder' }).waitFor();
      await page.getByRole('img', { name: 'receipt ladder' }).waitFor();
      await page.getByText(reason).waitFor();
    }));
});
