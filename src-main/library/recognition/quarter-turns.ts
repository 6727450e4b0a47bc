/**
 * Pages that lie on their side or upside down. The network finds letters on them all the same, and is unsure of nearly all: 86 and more of
 * 100 on upright pages, 63 and less on others. So a page that it is unsure of is read again turned, and a sure reading is taken.
 */
import type { TesseractResult } from './page-text.ts';
import type { RecognisedPage, WordBox } from './recognised-page.ts';

/** Clockwise, of the picture as it is shown. */
export type QuarterTurns = 0 | 1 | 2 | 3;

export const otherTurns: readonly QuarterTurns[] = [3, 1, 2];

const clearConfidence = 75;
/** Fewer letters are not worth three more looks. */
const minLetters = 8;

export type Clarity = { letters: number; isClear: boolean };

export const clarityOf = ({ blocks = [] }: TesseractResult): Clarity => {
  let letters = 0;
  let sum = 0;
  for (const { paragraphs = [] } of blocks) {
    for (const { text, confidence } of paragraphs.flatMap(({ lines = [] }) =>
      lines.flatMap(({ words = [] }) => words),
    )) {
      const count = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
      letters += count;
      sum += count * confidence;
    }
  }
  return { letters, isClear: letters > 0 && sum / letters >= clearConfidence };
};

export const isWorthTurning = ({ letters, isClear }: Clarity): boolean => !isClear && letters >= minLetters;

/** Exif's numbers in the order in which quarter turns lead from one to the next; the second row is mirrored. */
const orientations = [
  [1, 6, 3, 8],
  [2, 7, 4, 5],
];

/** The orientation that shows a picture of `orientation` turned further. */
export const turnedOrientation = (orientation: number, turns: QuarterTurns): number => {
  const row = orientations.find((numbers) => numbers.includes(orientation)) ?? orientations[0]!;
  return row[(Math.max(0, row.indexOf(orientation)) + turns) % 4]!;
};

/** The words where they stand on the picture as it is shown, of `width` and `height`, and not as it was read. */
export const turnedBack = (page: RecognisedPage, turns: QuarterTurns): RecognisedPage =>
  turns === 0
    ? page
    : { ...page, words: page.words.map((word) => ({ ...word, ...boxBack(word, turns, page) })) };

const boxBack = (
  { left, top, width, height }: WordBox,
  turns: QuarterTurns,
  shown: { width: number; height: number },
): WordBox => {
  if (turns === 1) return { left: top, top: shown.height - left - width, width: height, height: width };
  if (turns === 2)
    return { left: shown.width - left - width, top: shown.height - top - height, width, height };
  return { left: shown.width - top - height, top: left, width: height, height: width };
};
