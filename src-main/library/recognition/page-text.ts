/**
 * Makes text of what Tesseract has found on a picture. Grain and leaves look like letters to it: words that it is unsure of, and lines
 * without a sure one, are left out, so that a photo ends without text.
 */
import type { RecognisedPage, RecognisedWord } from './recognised-page.ts';

/** As `GetJSONText` gives it, less what is not used. */
export type TesseractResult = {
  blocks?: { paragraphs?: { lines?: TesseractLine[] }[] }[];
};
type TesseractLine = { words?: TesseractWord[] };
type TesseractWord = {
  text: string;
  /** 0…100. */
  confidence: number;
  bbox: { x0: number; y0: number; x1: number; y1: number };
};

const minConfidence = 30;
/** A line is believed for one word like this: of two letters or digits, or of one in a writing without spaces. */
const sureConfidence = 65;
const wordLike = /[\p{L}\p{N}]{2}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const minSigns = 3;

export const pageText = (
  result: TesseractResult,
  size: { width: number; height: number },
): RecognisedPage => {
  const paragraphs: string[] = [];
  const words: RecognisedWord[] = [];
  for (const block of result.blocks ?? []) {
    for (const paragraph of block.paragraphs ?? []) {
      const lines = (paragraph.lines ?? []).map(believedWords).filter((line) => line.length > 0);
      if (lines.length === 0) continue;
      paragraphs.push(joinLines(lines.map((line) => joinWords(line.map(({ text }) => text)))));
      words.push(...lines.flatMap((line) => line.map(toWord)));
    }
  }
  const text = paragraphs.join('\n\n').toWellFormed();
  const signs = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return signs < minSigns ? { ...size, text: '', words: [] } : { ...size, text, words };
};

const believedWords = ({ words = [] }: TesseractLine): TesseractWord[] => {
  const isSure = words.some(({ text, confidence }) => confidence >= sureConfidence && wordLike.test(text));
  if (!isSure) return [];
  return words.filter(({ text, confidence }) => confidence >= minConfidence && text.trim() !== '');
};

const toWord = ({ text, bbox }: TesseractWord): RecognisedWord => ({
  text: text.trim().toWellFormed(),
  left: bbox.x0,
  top: bbox.y0,
  width: bbox.x1 - bbox.x0,
  height: bbox.y1 - bbox.y0,
});

const withoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。，．：；！？「」（）]/u;

/** Chinese and Japanese write no spaces; Tesseract parts their words all the same. */
const joinWords = (words: readonly string[]): string =>
  words.reduce((line, word) => {
    const isOneWriting = withoutSpaces.test(line.at(-1) ?? '') && withoutSpaces.test(word[0] ?? '');
    return line === '' || isOneWriting ? line + word.trim() : `${line} ${word.trim()}`;
  }, '');

/** A word that is parted at the end of a line is made whole. */
const joinLines = (lines: readonly string[]): string =>
  lines.reduce((text, line) =>
    /\p{L}[-‐]$/u.test(text) && /^\p{Ll}/u.test(line) ? text.slice(0, -1) + line : `${text}\n${line}`,
  );
