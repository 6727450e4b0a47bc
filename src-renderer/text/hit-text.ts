/**
 * What a hit shows of its passage in a list: the sentence that answers, with a little of what stands around it. Titles,
 * headings and the lines above a message are said elsewhere, so they are left out.
 */
import type { Hit, TextRange } from '../../src-main/contract/search.ts';
import { passageStart } from './passage-start.ts';
import { matchesOf, wordPattern } from './word-pattern.ts';

/** A stretch of the shown text: in the answering sentence or around it, and whether it is a word of the question. */
export interface HitPart {
  readonly text: string;
  readonly answers: boolean;
  readonly marked: boolean;
}

export interface HitText {
  /** Headings above the passage, without the document's title. */
  readonly path: readonly string[];
  readonly parts: readonly HitPart[];
}

type Shown = Pick<Hit, 'text' | 'matchedWords' | 'headingPath' | 'sentence'>;

/** Of what stands before the answer, so much is shown as tells what it goes on from. */
const LEAD_CHARACTERS = 48;
/** A longer sentence speaks for itself. */
const MAX_SENTENCE_WITH_LEAD = 110;

export function hitText(hit: Shown, title: string, maxCharacters: number): HitText {
  const path = hit.headingPath.filter((heading, at) => at > 0 || heading !== title);
  const { text } = hit;
  const words = marksIn(text, hit.matchedWords);
  // Where the answer comes after them, headings are left out though they hold words of the question.
  const start = passageStart(text, [title, path.at(-1) ?? ''], hit.sentence?.start ?? words[0]?.start);
  const answer = hit.sentence && hit.sentence.end > start ? clipped(hit.sentence, start) : null;
  const from = windowStart(
    text,
    start,
    answer ?? words.find((word) => word.start >= start) ?? null,
    maxCharacters,
  );
  const to = windowEnd(text, from, maxCharacters);
  const cuts = [from, to, answer?.start, answer?.end, ...words.flatMap((word) => [word.start, word.end])]
    .filter((at): at is number => at !== undefined && at >= from && at <= to)
    .sort((a, b) => a - b);
  const within = (ranges: readonly TextRange[], at: number) =>
    ranges.some((range) => at >= range.start && at < range.end);
  const parts = cuts.slice(1).flatMap((end, index) => {
    const begin = cuts[index]!;
    if (end === begin) return [];
    const answers = answer !== null && within([answer], begin);
    return [{ text: text.slice(begin, end), answers, marked: within(words, begin) }];
  });
  const faint = (mark: string): HitPart => ({ text: mark, answers: false, marked: false });
  if (from > start) parts.unshift(faint('…\u00a0'));
  if (to < text.trimEnd().length) parts.push(faint('\u00a0…'));
  return { path, parts };
}

/** The passage without the headings that it starts with, for a list that names them beside it. */
export function passageBody(text: string, headings: readonly string[]): string {
  return text.slice(passageStart(text, headings));
}

const marksIn = (text: string, words: readonly string[]): TextRange[] => matchesOf(text, wordPattern(words));

function clipped({ start, end }: TextRange, from: number): TextRange {
  return { start: Math.max(start, from), end };
}

function windowStart(text: string, start: number, wanted: TextRange | null, maxCharacters: number): number {
  if (!wanted) return start;
  const isShort = wanted.end - wanted.start <= MAX_SENTENCE_WITH_LEAD;
  const isAtStart = wanted.end - start <= Math.min(maxCharacters, MAX_SENTENCE_WITH_LEAD);
  if (isAtStart) return start;
  const earliest = isShort ? wanted.start - LEAD_CHARACTERS : wanted.start;
  if (earliest <= start) return start;
  if (!isShort) return wanted.start;
  const space = text.slice(earliest, wanted.start).search(/\s\S/);
  return space < 0 ? wanted.start : earliest + space + 1;
}

function windowEnd(text: string, from: number, maxCharacters: number): number {
  const end = text.trimEnd().length;
  if (end - from <= maxCharacters) return end;
  const window = text.slice(from, from + maxCharacters);
  return from + window.replace(/\s+\S*$/, '').length;
}
