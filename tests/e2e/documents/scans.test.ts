/** Scans and pictures in the page: what reading them takes, the marker on a picture's own words, and a document without any text among the answers. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LanguageFiles } from '../../../src-main/engine/recognition/language-files.ts';
import { RecognitionThread } from '../../../src-main/library/recognition/recognition-thread.ts';
import { type FakeDocument, fakeDocuments } from '../../support/fake-engine/fake-documents.ts';
import type { FakeState } from '../../support/fake-engine/fake-state.ts';
import { englishData, scanPdf, scanPng } from '../../support/scans.ts';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { withFakePage } from '../support/fake-page.ts';

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

/** Language data as the engine keeps it, in a folder that goes with the tests. */
const home = mkdtempSync(join(tmpdir(), 'llara-scans-'));
const languageDirectory = async (): Promise<string> => {
  const files = new LanguageFiles(home);
  await files.import(englishData);
  return files.directory;
};

/** Shares of dark pixels of the page's picture under the strokes, and beside them on the same lines. */
const inkAroundStroke = (): { inside: number; beside: number } => {
  const sheet = document.querySelector('[data-page="1"]')!;
  const canvas = sheet.querySelector('canvas')!;
  const frame = canvas.getBoundingClientRect();
  const scale = canvas.width / frame.width;
  const context = canvas.getContext('2d')!;
  const share = (left: number, top: number, right: number, bottom: number) => {
    const area = context.getImageData(left, top, Math.max(1, right - left), Math.max(1, bottom - top)).data;
    let dark = 0;
    for (let at = 0; at < area.length; at += 4) if (area[at]! < 120) dark += 1;
    return dark / (area.length / 4);
  };
  const boxes = [...sheet.querySelectorAll('.stroke')].map((stroke) => stroke.getBoundingClientRect());
  const left = (Math.min(...boxes.map((box) => box.left)) - frame.left) * scale;
  const right = (Math.max(...boxes.map((box) => box.right)) - frame.left) * scale;
  const top = (Math.min(...boxes.map((box) => box.top)) - frame.top) * scale;
  const bottom = (Math.max(...boxes.map((box) => box.bottom)) - frame.top) * scale;
  return {
    inside: share(left, top, right, bottom),
    beside: Math.max(share(0, top, left - 2, bottom), share(right + 2, top, canvas.width, bottom)),
  };
};

describe.skipIf(skip)('scans and pictures', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    rmSync(home, { recursive: true, force: true });
    await browser?.close();
  });

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

  it('show a scanned page of a PDF with the marker on the words as they are drawn', async () => {
    const thread = new RecognitionThread();
    const bytes = await scanPdf(
      'City of Bristol, Register Office',
      'Certificate of birth, Mila Edith Harlow.',
    );
    const outcome = await thread.recognise(
      {
        source: { bytes },
        contentHash: createHash('sha256').update(bytes).digest('hex'),
        kind: 'pdf',
        page: 1,
        languages: ['eng'],
        directory: await languageDirectory(),
      },
      { timeoutMs: 60_000, signal: new AbortController().signal },
    );
    thread.close();
    if (outcome.state !== 'read') throw new Error(outcome.reason);
    const { page: read } = outcome;
    await withFakePage(browser, async ({ page, host, visit }) => {
      const { state } = host.engine;
      const lease = state.documents[0]!;
      const end = read.text.length;
      Object.assign(lease.content, {
        text: read.text,
        pages: [{ page: 1, start: 0, end }],
        recognisedPages: [1],
      });
      state.otherBytes.set('lease', Uint8Array.from(bytes));
      state.recognition.words.set('lease', read);
      await visit(`#/document/lease?start=${read.text.indexOf('Certificate')}&end=${end}`);
      await page.locator('[data-page="1"] .stroke').first().waitFor({ state: 'attached' });
      await page.locator('[data-page="1"] canvas').waitFor();
      const overlap = await page.evaluate(inkAroundStroke);
      expect(overlap.inside).toBeGreaterThan(0.03);
      expect(overlap.beside).toBeLessThan(0.002);
      expect(await page.locator('[data-page="1"] .text span').allTextContents()).toContain('Certificate ');
    });
  });

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
