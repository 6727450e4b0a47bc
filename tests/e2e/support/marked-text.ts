/** The text of a PDF page that lies under the marker strokes, read back from what is on the screen. */
import type { Locator } from 'playwright-core';

export function markedText(sheet: Locator): Promise<string> {
  return sheet.evaluate((element) => {
    const strokes = [...element.querySelectorAll('.stroke')].map((stroke) => stroke.getBoundingClientRect());
    const words: string[] = [];
    for (const span of element.querySelectorAll('.text span')) {
      const box = span.getBoundingClientRect();
      const middle = box.top + box.height / 2;
      const covered = strokes.some(
        (stroke) =>
          middle > stroke.top && middle < stroke.bottom && stroke.left < box.right && stroke.right > box.left,
      );
      if (covered) words.push(span.textContent ?? '');
    }
    return words.join(' ');
  });
}
