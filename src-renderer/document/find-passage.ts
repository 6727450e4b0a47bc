/**
 * Finds a passage of extracted text in a rendered document. The two agree in their letters and digits but rarely in
 * spaces, hyphens at line ends, ligatures or mark-up, so only letters and digits are compared. It knows nothing of the DOM.
 */

import { matchesOf, wordPattern } from '../text/word-pattern.ts';

/** A stretch of one text part (a span of a PDF's text layer, a text node), in its own characters. */
export interface PartRange {
  readonly part: number;
  readonly start: number;
  readonly end: number;
}

/** The letters and digits of all parts in order, each remembering where it came from. */
export interface FoldedText {
  readonly parts: readonly string[];
  readonly folded: string;
  readonly partOf: Uint32Array;
  readonly offsetOf: Uint32Array;
}

const MIN_SEGMENT_LETTERS = 12;
const WINDOW_WORDS = 5;

export function foldText(parts: readonly string[]): FoldedText {
  const letters: string[] = [];
  const partOf: number[] = [];
  const offsetOf: number[] = [];
  for (const [part, text] of parts.entries()) {
    let offset = 0;
    for (const character of text) {
      const folded = foldCharacter(character);
      for (let unit = 0; unit < folded.length; unit++) {
        letters.push(folded[unit]!);
        partOf.push(part);
        offsetOf.push(offset);
      }
      offset += character.length;
    }
  }
  return {
    parts,
    folded: letters.join(''),
    partOf: Uint32Array.from(partOf),
    offsetOf: Uint32Array.from(offsetOf),
  };
}

/**
 * Ranges of the parts that carry `passage`, in reading order; empty where nothing of it is there. A passage that is not
 * found whole (it goes on over the page, or was read in another order) is looked for by sentences, then by runs of words.
 */
export function findPassage(text: FoldedText, passage: string): PartRange[] {
  const whole = fold(passage);
  if (whole === '') return [];
  const at = text.folded.indexOf(whole);
  if (at >= 0) return toPartRanges(text, [[at, at + whole.length]]);
  const found: [number, number][] = [];
  let from = 0;
  for (const segment of passage.split(/(?<=[.!?:;])\s+|\n+/)) {
    const hits = findSegment(text.folded, segment, from);
    found.push(...hits);
    from = hits.at(-1)?.[1] ?? from;
  }
  return toPartRanges(text, merge(found));
}

/** Ranges of one sentence of a passage: where the passage has it, for the same words may stand elsewhere too. */
export function findSentence(text: FoldedText, passage: string, sentence: string): PartRange[] {
  const wanted = fold(sentence);
  const whole = fold(passage);
  const [at, inside] = [text.folded.indexOf(whole), whole.indexOf(wanted)];
  if (wanted === '' || at < 0 || inside < 0) return findPassage(text, sentence);
  return toPartRanges(text, [[at + inside, at + inside + wanted.length]]);
}

/** Every occurrence of each word inside the given ranges, for a stronger mark within the passage. */
export function findWords(
  parts: readonly string[],
  ranges: readonly PartRange[],
  words: readonly string[],
): PartRange[] {
  const pattern = wordPattern(words);
  return ranges.flatMap(({ part, start, end }) =>
    matchesOf(parts[part]!.slice(start, end), pattern).map((word) => ({
      part,
      start: start + word.start,
      end: start + word.end,
    })),
  );
}

function findSegment(folded: string, segment: string, from: number): [number, number][] {
  const letters = fold(segment);
  if (letters.length < MIN_SEGMENT_LETTERS) return [];
  const at = indexNear(folded, letters, from);
  if (at >= 0) return [[at, at + letters.length]];
  const words = segment.split(/\s+/).filter((word) => fold(word) !== '');
  const found: [number, number][] = [];
  for (let first = 0; first + WINDOW_WORDS <= words.length; first++) {
    const window = fold(words.slice(first, first + WINDOW_WORDS).join(''));
    if (window.length < MIN_SEGMENT_LETTERS) continue;
    const start = indexNear(folded, window, from);
    if (start >= 0) found.push([start, start + window.length]);
  }
  return found;
}

/** A repeated sentence is taken where reading left off rather than at its first occurrence. */
function indexNear(folded: string, letters: string, from: number): number {
  const ahead = folded.indexOf(letters, from);
  return ahead >= 0 ? ahead : folded.indexOf(letters);
}

function merge(ranges: [number, number][]): [number, number][] {
  const merged: [number, number][] = [];
  for (const [start, end] of ranges.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** Where a range goes on into the next part, the signs and spaces between belong to it; so does what closes its end. */
function toPartRanges(text: FoldedText, ranges: readonly (readonly [number, number])[]): PartRange[] {
  const found: PartRange[] = [];
  for (const [from, to] of ranges) {
    let first = from;
    for (let at = from; at < to; at++) {
      const isEnd = at + 1 === to;
      if (!isEnd && text.partOf[at + 1] === text.partOf[at]) continue;
      const part = text.partOf[at]!;
      const whole = text.parts[part]!;
      const lastEnd = text.offsetOf[at]! + 1;
      const closing = /^[.,;:!?…)\]}"'”’»]*/u.exec(whole.slice(lastEnd))![0];
      found.push({
        part,
        start: first === from ? text.offsetOf[first]! : 0,
        end: isEnd ? lastEnd + closing.length : whole.length,
      });
      first = at + 1;
    }
  }
  return found;
}

function fold(text: string): string {
  let folded = '';
  for (const character of text) folded += foldCharacter(character);
  return folded;
}

function foldCharacter(character: string): string {
  const code = character.charCodeAt(0);
  // Plain Latin letters and digits are nearly all there is; the long way is for the rest.
  if (code < 128) {
    const isLetterOrDigit = (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
    if (isLetterOrDigit) return character;
    return code >= 65 && code <= 90 ? String.fromCharCode(code + 32) : '';
  }
  return character
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
