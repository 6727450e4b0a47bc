/** Cuts a passage at page ends, so that each page looks only for the part of the text that is on it. */
import type { PageSpan } from '../../../src-main/contract/libraries.ts';
import type { TextRange } from '../../../src-main/contract/search.ts';

/** Page number (1-based) → the passage's text on that page. */
export function passageByPage(
  text: string,
  pages: readonly PageSpan[],
  range: TextRange,
): Map<number, string> {
  const parts = new Map<number, string>();
  for (const span of pages) {
    const start = Math.max(range.start, span.start);
    const end = Math.min(range.end, span.end);
    if (end > start) parts.set(span.page, text.slice(start, end));
  }
  return parts;
}
