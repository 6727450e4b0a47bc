/** Cuts a text at its highlighted ranges, so that a template can mark them without building HTML from strings. */
import type { TextRange } from '../../src-main/contract/search.ts';

export interface TextPart {
  readonly text: string;
  readonly marked: boolean;
}

/** Ranges may overlap or come in any order; what lies outside the text is ignored. */
export function splitHighlights(text: string, ranges: readonly TextRange[]): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const start = Math.max(at, range.start);
    const end = Math.min(text.length, range.end);
    if (end <= start) continue;
    if (start > at) parts.push({ text: text.slice(at, start), marked: false });
    parts.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false });
  return parts;
}
