/** A program line by line, each cut where its colour changes or where what was found begins and ends. */
import type { TextRange } from '../../../src-main/contract/search.ts';
import { matchesOf, wordPattern } from '../../text/word-pattern.ts';
import { type Marked, markedSpans, type TextStretch } from '../text-blocks.ts';
import type { CodeToken } from './code-tokens.ts';

export interface CodePiece {
  readonly text: string;
  readonly scope: string | null;
  readonly place: TextStretch['place'];
  /** Whether it is a word of the question. */
  readonly marked: boolean;
}

/** Where each line begins. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The line that holds a place of the text. */
export function lineAt(starts: readonly number[], at: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The pieces of the lines from `first` to before `end`. */
export function codeLines(
  text: string,
  starts: readonly number[],
  { first, end }: { first: number; end: number },
  tokens: readonly CodeToken[],
  passage: Marked | null,
): CodePiece[][] {
  const spans = passage ? markedSpans(text, passage) : [];
  const words = passage ? wordsIn(text, passage) : [];
  const shown = { start: starts[first] ?? 0, end: starts[end] ?? text.length };
  const shownTokens = tokens.filter((token) => touches(token, shown));
  return starts.slice(first, end).map((start, index) => {
    const lineEnd = (starts[first + index + 1] ?? text.length + 1) - 1;
    const line = { start, end: lineEnd };
    const inLine = <Range extends TextRange>(layer: readonly Range[]) =>
      layer.filter((range) => touches(range, line));
    const [scopes, places, marks] = [inLine(shownTokens), inLine(spans), inLine(words)];
    const borders = new Set([start, lineEnd]);
    for (const range of [...scopes, ...places, ...marks]) {
      borders.add(Math.max(start, range.start));
      borders.add(Math.min(lineEnd, range.end));
    }
    const sorted = [...borders].sort((a, b) => a - b);
    return sorted.slice(1).map((to, at) => {
      const piece = { start: sorted[at]!, end: to };
      return {
        text: text.slice(piece.start, piece.end),
        scope: scopes.find((token) => touches(token, piece))?.scope ?? null,
        place: places.find((span) => touches(span, piece))?.place ?? 'outside',
        marked: marks.some((word) => touches(word, piece)),
      };
    });
  });
}

const wordsIn = (text: string, { range, matchedWords }: Marked): TextRange[] =>
  matchesOf(text.slice(range.start, range.end), wordPattern(matchedWords)).map(({ start, end }) => ({
    start: range.start + start,
    end: range.start + end,
  }));

const touches = (one: TextRange, other: TextRange): boolean => one.start < other.end && one.end > other.start;
