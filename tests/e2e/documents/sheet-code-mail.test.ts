/** Documents that are more than running text: a spreadsheet as a table, a program with colours, a message with what was sent along. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, missingChromium, skipReason } from '../launch/chromium.ts';
import { withFakePage } from '../support/fake-page.ts';

const skip = skipReason('sheets, programs and messages', missingChromium());

describe.skipIf(skip)('the viewer', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it('shows a spreadsheet at the sheet and the row that was found', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/search?q=firewood');
      await page.locator('[data-hit]').first().waitFor();
      await page.keyboard.press('Enter');
      const june = page.getByRole('tab', { name: 'June' });
      await june.waitFor();
      expect(await june.getAttribute('aria-selected')).toBe('true');
      const row = page.locator('tr[data-row="3"]');
      expect(await row.locator('th, td').allTextContents()).toEqual(['3', 'Firewood', '65', 'Sawmill']);
      expect(await row.getAttribute('class')).toMatch(/passage|sentence/);
      expect(await row.locator('mark').allTextContents()).toEqual(['Firewood']);

      await june.focus();
      await page.keyboard.press('ArrowLeft');
      expect(await page.getByRole('tab', { name: 'May' }).getAttribute('aria-selected')).toBe('true');
      expect(await page.locator('tr[data-row="3"] td').allTextContents()).toEqual(['Glaze', '18', '']);
      await page.getByRole('button', { name: 'Plain text' }).click();
      await page.getByText('Row 3: Item: Glaze | Price: 18').waitFor();
    }));

  it('finds in a sheet, and goes to the sheet that holds it', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/document/costs');
      await page.getByRole('tab', { name: 'May' }).waitFor();
      await page.keyboard.press('Control+f');
      await page.getByRole('textbox').fill('Sawmill');
      await page.locator('[role="tab"][aria-selected="true"]', { hasText: 'June' }).waitFor();
      await page.locator('tr[data-row="3"].sentence').waitFor();
    }));

  it('shows a program with colours, numbered lines and the passage, and does not run it', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/search?q=boilingTime+litres');
      await page.locator('[data-hit]').first().waitFor();
      await page.keyboard.press('Enter');
      await page.locator('[data-line="1"] .comment').waitFor();
      expect(await page.locator('[data-line]').allTextContents()).toHaveLength(6);
      const line = page.locator('[data-line="2"]');
      expect(await line.textContent()).toBe('export function boilingTime(litres: number): number {');
      expect(await line.locator('mark.keyword').allTextContents()).toEqual(['export', 'function']);
      expect(await line.locator('mark.word').allTextContents()).toContain('boilingTime');
      expect(await page.locator('script:not([src])').count()).toBe(0);
    }));

  it('sets logs and programs in a face whose characters are all as wide, and prose in one whose are not', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      const { documents } = host.engine.state;
      const boat = documents.find(({ content }) => content.document.id === 'boat')!;
      const text = '12:00 started\n12:01 listening';
      for (const relativePath of ['host/server.log', 'host/change.diff', 'host/notes.txt']) {
        const id = relativePath.split('.')[1]!;
        const document = { ...boat.content.document, id, kind: 'text' as const, relativePath };
        documents.push({ ...boat, content: { ...boat.content, document, text } });
      }
      /** Whether an i takes as much room as a W in the face that the words are drawn in. */
      const isFixedWidth = (words: string) =>
        page
          .getByText(words)
          .first()
          .evaluate((element) => {
            const brush = document.createElement('canvas').getContext('2d')!;
            const { fontSize, fontFamily } = getComputedStyle(element);
            brush.font = `${fontSize} ${fontFamily}`;
            return brush.measureText('iiii').width === brush.measureText('WWWW').width;
          });
      for (const [id, words, isFixed] of [
        ['log', '12:01 listening', true],
        ['diff', '12:01 listening', true],
        ['kettle', 'boilingTime', true],
        ['txt', '12:01 listening', false],
      ] as const) {
        await visit(`#/document/${id}`);
        await page.getByText(words).first().waitFor();
        expect(await isFixedWidth(words), id).toBe(isFixed);
      }
    }));

  it('lists what was sent with a message, and leads there and back', () =>
    withFakePage(browser, async ({ page, visit }) => {
      await visit('#/document/boat');
      await page
        .getByRole('list', { name: 'Documents inside' })
        .getByRole('link', { name: 'invoice.txt' })
        .click();
      await page.getByText('Invoice 4711 for the anchor chain').waitFor();
      await page.getByRole('link', { name: 'In boat.eml' }).click();
      await page.getByText('Dear Ada').waitFor();
    }));

  it('hands out a copy of the original, under its own name, and its path', () =>
    withFakePage(browser, async ({ page, host, visit }) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await visit('#/document/garden');
      await page.getByRole('button', { name: 'Copy path' }).click();
      await page.getByText('Path copied').waitFor();
      const { document } = host.engine.state.documents.find(
        ({ content }) => content.document.id === 'garden',
      )!.content;
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(document.path);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download a copy' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('garden.md');
      expect(readFileSync(await download.path(), 'utf8')).toMatch(/^# Kitchen garden/);
    }));
});
