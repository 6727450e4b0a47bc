/** Where a passage stands on the picture of a page whose text was recognised: the boxes of its words, as strokes of a marker. */
import type { RecognisedWords } from '../../../src-main/contract/recognition/recognition.ts';
import { findPassage, findSentence, findWords, foldText, type PartRange } from '../find-passage.ts';
import { type Box, mergeStrokes } from './merge-strokes.ts';

/** Boxes in shares of the page, so that they hold at every zoom. */
export interface PageMarks {
  readonly passage: readonly Box[];
  readonly sentence: readonly Box[];
  readonly words: readonly Box[];
}

export const noMarks: PageMarks = { passage: [], sentence: [], words: [] };

export function recognisedMarks(
  page: RecognisedWords,
  passage: string | null,
  sentence: string | null,
  matchedWords: readonly string[],
): PageMarks {
  if (passage === null) return noMarks;
  const parts = page.words.map(({ text }) => text);
  const folded = foldText(parts);
  const strokes = (ranges: readonly PartRange[]): Box[] =>
    mergeStrokes(ranges.map((range) => boxOf(page, range))).map(({ left, top, width, height }) => ({
      left: left / page.width,
      top: top / page.height,
      width: width / page.width,
      height: height / page.height,
    }));
  const ranges = findPassage(folded, passage);
  return {
    passage: strokes(ranges),
    sentence: sentence === null ? [] : strokes(findSentence(folded, passage, sentence)),
    words: strokes(findWords(parts, ranges, matchedWords)),
  };
}

/** Of a part of a word, taken as if all its letters were of one width; in pixels. */
function boxOf({ words }: RecognisedWords, { part, start, end }: PartRange): Box {
  const { text, left, top, width, height } = words[part]!;
  const letter = width / Math.max(1, text.length);
  const last = Math.min(end, text.length);
  return { left: left + letter * start, top, width: letter * Math.max(0, last - start), height };
}
