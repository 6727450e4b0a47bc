/** What is known of a picture before it is decoded: the pages of a TIFF, and which way it lies. */
import { describe, expect, test } from 'vitest';
import { mayBePage, pictureSize } from '../../../src-main/library/recognition/picture-limits.ts';
import {
  clarityOf,
  isWorthTurning,
  turnedBack,
  turnedOrientation,
} from '../../../src-main/library/recognition/quarter-turns.ts';
import { tiffPage, tiffPages } from '../../../src-main/library/recognition/tiff-pages.ts';
import { scanPng, scanTiff } from '../../support/scans.ts';

describe('a TIFF', () => {
  const two = scanTiff(['one'], ['two', 'three']);

  test('has its pages, each of its own size', () => {
    expect(tiffPages(two)).toHaveLength(2);
    const heights = [1, 2].map((page) => pictureSize(tiffPage(two, page)).height);
    expect(heights[1]).toBeGreaterThan(heights[0]!);
    expect(tiffPage(two, 3)).toBe(two);
  });

  test('that leads in a circle, or is cut, ends', () => {
    const circle = Buffer.from(two);
    circle.writeUInt32LE(8, tiffPages(two)[1]! + 2 + 9 * 12);
    expect(tiffPages(circle)).toHaveLength(2);
    expect(tiffPages(two.subarray(0, 60))).toEqual([]);
    expect(tiffPages(two.subarray(0, 3))).toEqual([]);
    expect(tiffPages(scanPng('one'))).toEqual([]);
  });

  test('counts no smaller picture of a page', () => {
    const copy = Buffer.from(two);
    const first = tiffPages(two)[0]! + 2;
    copy.writeUInt16LE(254, first);
    copy.writeUInt32LE(1, first + 8);
    expect(tiffPages(copy)).toEqual(tiffPages(two).slice(1));
  });
});

describe('a page that lies on its side', () => {
  test.each([
    [1, [1, 6, 3, 8]],
    [8, [8, 1, 6, 3]],
    [5, [5, 2, 7, 4]],
    [99, [1, 6, 3, 8]],
  ])('of orientation %i is turned clockwise by quarters', (orientation, expected) => {
    expect(([0, 1, 2, 3] as const).map((turns) => turnedOrientation(orientation, turns))).toEqual(expected);
  });

  test('gets its words back where they are shown', () => {
    const shown = {
      width: 100,
      height: 200,
      text: 'a',
      words: [{ text: 'a', left: 10, top: 20, width: 30, height: 5 }],
    };
    const boxOf = (turns: 1 | 2 | 3) => turnedBack(shown, turns).words[0];
    // A picture of 100 by 200 was read as one of 200 by 100.
    expect(boxOf(1)).toMatchObject({ left: 20, top: 160, width: 5, height: 30 });
    expect(boxOf(2)).toMatchObject({ left: 60, top: 175, width: 30, height: 5 });
    expect(boxOf(3)).toMatchObject({ left: 75, top: 10, width: 5, height: 30 });
  });

  test('is told by how unsure the recognition is', () => {
    const words = (...confidences: number[]) => ({
      blocks: [
        {
          paragraphs: [
            {
              lines: [
                {
                  words: confidences.map((confidence) => ({
                    text: 'lease',
                    confidence,
                    bbox: { x0: 0, y0: 0, x1: 1, y1: 1 },
                  })),
                },
              ],
            },
          ],
        },
      ],
    });
    expect(isWorthTurning(clarityOf(words(96, 90)))).toBe(false);
    expect(isWorthTurning(clarityOf(words(40, 60)))).toBe(true);
    expect(isWorthTurning(clarityOf(words(40)))).toBe(false);
    expect(isWorthTurning(clarityOf({}))).toBe(false);
  });
});

test('a logo is too small for a page, and what is no picture is none', () => {
  expect(mayBePage(scanPng('Gardiner'))).toBe(false);
  expect(mayBePage(scanPng('a', 'b', 'c', 'd', 'e'))).toBe(true);
  expect(mayBePage(Buffer.from('no picture'))).toBe(false);
});
