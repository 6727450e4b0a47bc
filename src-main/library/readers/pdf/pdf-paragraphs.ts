/** Decides how one line of a page goes on into the next: same paragraph, new line, new paragraph, or one word across the break. */
import type { PdfLine } from './pdf-run.ts';

export type LineBreak = 'flow' | 'line' | 'paragraph';

/** `pitchPoints` is the usual distance between two baselines of the document's body text. */
export const breakBetween = (previous: PdfLine, next: PdfLine, pitchPoints: number): LineBreak => {
  if (Math.max(previous.size, next.size) > 1.15 * Math.min(previous.size, next.size)) return 'paragraph';
  if (startsCaption(next.text, previous.text)) return 'paragraph';
  const goesOn = goesOnWith(previous, next);
  if (previous.region !== next.region) return goesOn ? 'flow' : 'paragraph';
  const distance = next.baseline - previous.baseline;
  if (distance < 0 || distance > 1.4 * Math.max(pitchPoints, previous.size))
    return goesOn && distance > 0 && distance < 1.8 * pitchPoints ? 'flow' : 'paragraph';
  if (previous.isRow || next.isRow) return 'line';
  if (startsListItem(next.text)) return 'line';
  const width = next.regionRight - next.regionLeft;
  const previousIsShort = previous.right < previous.regionRight - width * 0.2;
  if (previousIsShort && !goesOn) return endsSentence(previous.text) ? 'paragraph' : 'line';
  const indent = next.left - previous.left;
  if (indent > 0.8 * next.size && indent < 5 * next.size && endsSentence(previous.text)) return 'paragraph';
  return 'flow';
};

/** Whether a sentence that `previous` has begun may go on in `next`. */
const goesOnWith = (previous: PdfLine, next: PdfLine): boolean =>
  !/[.!?:;"”»)]$/u.test(previous.text) && /^[\p{Ll}\p{Lo}(]/u.test(next.text);

/** Whether the last line of a page and the first of the next are one sentence. */
export const goesOnOverleaf = (previous: PdfLine, next: PdfLine): boolean =>
  !previous.isRow &&
  !next.isRow &&
  Math.max(previous.size, next.size) <= 1.08 * Math.min(previous.size, next.size) &&
  goesOnWith(previous, next);

/** A full stop after the number also ends sentences, so there the line before must be at its end. */
const startsCaption = (text: string, before: string): boolean => {
  const sign =
    /^(?:Fig(?:ure|\.)|Table|Abb(?:ildung|\.)|Tab(?:elle|\.)|Figura|Tableau|Listing|Algorithm)\s*\d+(?:\.\d+)*\s*([.:])/iu.exec(
      text,
    )?.[1];
  return sign === ':' || (sign === '.' && endsSentence(before));
};

const endsSentence = (text: string): boolean => /[.!?:…]["”»')\]]?$/u.test(text);

const startsListItem = (text: string): boolean =>
  /^(?:[•▪◦●■○‣∙·–—*-]|\(?\d{1,2}[.)]|\(?[a-z][.)]|§)\s+\S/u.test(text);

/** The usual distance between baselines: the median over lines that follow each other in a region. */
export const linePitch = (pages: readonly (readonly PdfLine[])[]): number => {
  const distances: number[] = [];
  for (const lines of pages) {
    for (let index = 1; index < lines.length; index++) {
      const distance = lines[index]!.baseline - lines[index - 1]!.baseline;
      const size = lines[index]!.size;
      if (lines[index]!.region === lines[index - 1]!.region && distance > 0.5 * size && distance < 3 * size) {
        distances.push(distance);
      }
    }
  }
  distances.sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)] ?? 12;
};

export type Hyphenation = {
  /** All words of the document, lower case, compounds with their hyphens. */
  words: ReadonlySet<string>;
  /** Whether its lines end in hyphens often enough for them to be the typesetter's. */
  isHyphenated: boolean;
};

/** What the document itself tells about hyphens at the ends of its lines. */
export const learnHyphenation = (pages: readonly (readonly PdfLine[])[]): Hyphenation => {
  const words = new Set<string>();
  let lineCount = 0;
  let brokenCount = 0;
  for (const line of pages.flat()) {
    const found = line.text.toLowerCase().match(/\p{L}+(?:-\p{L}+)*/gu) ?? [];
    const isBroken = /\p{L}[-\u00ad\u2010]$/u.test(line.text);
    lineCount++;
    if (isBroken) brokenCount++;
    // The last word of a broken line may itself be half a word.
    for (const word of isBroken ? found.slice(0, -1) : found) words.add(word);
  }
  return { words, isHyphenated: brokenCount >= lineCount * 0.03 };
};

/**
 * Text of `line` and what comes between it and the line after it. A hyphen at the end goes if the document writes the
 * word without it elsewhere, stays if it writes it with it, and else goes only if the document breaks words at all.
 */
export const joinAcrossBreak = (
  line: string,
  next: string,
  { words, isHyphenated }: Hyphenation,
): { text: string; glue: '' | ' ' } => {
  const broken = /(\p{L}+)([-\u00ad\u2010])$/u.exec(line);
  const follows = /^\p{Ll}+(?:-\p{L}+)*/u.exec(next)?.[0];
  if (!broken || !follows) return { text: line, glue: endsWithoutSpace(line, next) ? '' : ' ' };
  const first = broken[1]!.toLowerCase();
  const whole = line.slice(0, -1);
  if (broken[2] !== '-' || words.has(first + follows)) return { text: whole, glue: '' };
  const keepsHyphen = words.has(`${first}-${follows}`) || !isHyphenated;
  return { text: keepsHyphen ? line : whole, glue: '' };
};

/** Chinese and Japanese put no space between lines; a dash at the end of a line needs none either. */
const endsWithoutSpace = (line: string, next: string): boolean =>
  /[\p{L}\p{N}][-\u2010]$/u.test(line) ||
  (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。]$/u.test(line) &&
    /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(next));
