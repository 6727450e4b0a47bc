/** Cuts a sentence that is too long for one passage: at clauses where possible, else between words. */
import type { WeighedSpan } from './sentence-spans.ts';

/** Pieces of about equal length, none above `maxTokens` if tokens are spread evenly over the sentence. */
export const splitLongSpan = (text: string, span: WeighedSpan, maxTokens: number): WeighedSpan[] => {
  if (span.tokens <= maxTokens) return [span];
  const length = span.end - span.start;
  const pieceCount = Math.ceil(span.tokens / (maxTokens * 0.8));
  const pieceLength = Math.max(1, Math.ceil(length / pieceCount));
  const pieces: WeighedSpan[] = [];
  let start = span.start;
  while (start < span.end) {
    const end =
      span.end - start <= pieceLength * 1.2 ? span.end : cutBefore(text, start, start + pieceLength);
    const piece = text.slice(start, end);
    const trimmedStart = start + (piece.length - piece.trimStart().length);
    const trimmedEnd = start + piece.trimEnd().length;
    if (trimmedEnd > trimmedStart) {
      pieces.push({
        start: trimmedStart,
        end: trimmedEnd,
        opensParagraph: pieces.length === 0 && span.opensParagraph,
        tokens: Math.ceil((span.tokens * (trimmedEnd - trimmedStart)) / length),
      });
    }
    start = end;
  }
  return pieces;
};

/** The best place to cut in the last third before `limit`: after a clause, else after a word, else anywhere but inside a character. */
const cutBefore = (text: string, start: number, limit: number): number => {
  const windowStart = start + Math.floor((limit - start) * 0.67);
  const window = text.slice(windowStart, limit);
  for (const pattern of [/\n/g, /[;:,–—]\s/g, /\s/g]) {
    let last = -1;
    for (const match of window.matchAll(pattern)) last = match.index + match[0].length;
    if (last > 0) return windowStart + last;
  }
  const code = text.charCodeAt(limit);
  const isInsidePair = code >= 0xdc00 && code <= 0xdfff;
  return isInsidePair ? limit + 1 : limit;
};
