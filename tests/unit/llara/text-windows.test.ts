/** Into which parts a passage is cut. */
import { expect, it } from 'vitest';
import { textWindows, windowTokens } from '../../../src-main/llara/prompt/text-windows.ts';

it('covers a text without gaps or overlaps, in parts of about one length', () => {
  for (let length = 1; length < 600; length += 1) {
    const windows = textWindows(3, length);
    expect(windows[0]?.start).toBe(3);
    expect(windows.at(-1)?.end).toBe(3 + length);
    windows.slice(1).forEach(({ start }, index) => {
      expect(start).toBe(windows[index]?.end);
    });
    const sizes = windows.map(({ start, end }) => end - start);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(Math.max(...sizes)).toBeLessThan(1.5 * windowTokens + 1);
  }
});

it('takes a short text for one part, and an empty one for none', () => {
  expect(textWindows(1, 20)).toEqual([{ start: 1, end: 21 }]);
  expect(textWindows(1, 0)).toEqual([]);
});
