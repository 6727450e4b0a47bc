/**
 * Leaves out of a page what is drawn in fonts whose text cannot be read, so that nonsense is never found. Each font is judged by
 * itself: often only one of a page lacks its map.
 */
import type { TextItem } from 'pdfjs-dist/types/src/display/api.d.ts';
import { isGarbled } from './is-garbled.ts';

export type ReadableItems = {
  items: TextItem[];
  /** More of the page's text was left out than kept. */
  isUnreadable: boolean;
};

export const readableItems = (items: readonly TextItem[]): ReadableItems => {
  const texts = new Map<string, string[]>();
  for (const { fontName, str } of items) {
    const parts = texts.get(fontName);
    if (parts) parts.push(str);
    else texts.set(fontName, [str]);
  }
  const garbled = new Set<string>();
  const lengths = { kept: 0, left: 0 };
  for (const [font, parts] of texts) {
    const text = parts.join(' ');
    const length = text.replace(/\s+/g, '').length;
    if (isGarbled(text)) {
      garbled.add(font);
      lengths.left += length;
    } else lengths.kept += length;
  }
  if (garbled.size === 0) return { items: [...items], isUnreadable: false };
  return {
    items: items.filter(({ fontName }) => !garbled.has(fontName)),
    isUnreadable: lengths.left > lengths.kept,
  };
};
