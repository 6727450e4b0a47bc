/**
 * Picks the part of a passage that shows best why it was found, the sentence in it that answers best, and marks the words of the question.
 */
import type { TextRange } from '../contract/search.ts';
import { sentenceSpans } from '../library/passages/sentence-spans.ts';
import type { WordMark } from './words/mark-words.ts';

export type Snippet = {
  snippet: string;
  /** Offsets into the snippet, in order, none over another. */
  highlights: TextRange[];
  /** Offsets into the passage; null where no word of the question stands in it. */
  sentence: TextRange | null;
};

const maxSnippetCharacters = 320;
/** Of equally good sentences the one with more of the words, then the earlier one. */
const repetitionWorth = 0.01;

/** `snippet` is an exact part of `text`. */
export function makeSnippet(text: string, marks: readonly WordMark[]): Snippet {
  const sentence = bestSentence(text, marks);
  const { start, end } = windowAround(text, marks, sentence);
  return {
    snippet: text.slice(start, end),
    highlights: mergeRanges(marks.filter((mark) => mark.start >= start && mark.end <= end)).map((range) => ({
      start: range.start - start,
      end: range.end - start,
    })),
    sentence,
  };
}

function bestSentence(text: string, marks: readonly WordMark[]): TextRange | null {
  if (marks.length === 0) return null;
  let best: { range: TextRange; worth: number } | null = null;
  for (const { start, end } of sentenceSpans(text, 0, text.length)) {
    const worth = worthOf(marks, start, end);
    if (worth > (best?.worth ?? 0) + 1e-9) best = { range: { start, end }, worth };
  }
  return best?.range ?? null;
}

/** The information of the different words that stand there. */
function worthOf(marks: readonly WordMark[], start: number, end: number): number {
  const inside = marks.filter((mark) => mark.start >= start && mark.end <= end);
  const words = new Set(inside.map(({ word }) => word));
  let worth = inside.length * repetitionWorth;
  for (const { information, isVariant } of words) worth += isVariant ? information / 2 : information;
  return worth;
}

/** The window that holds most of the question; where it can be so, it begins with the sentence that answers or a little before. */
function windowAround(text: string, marks: readonly WordMark[], sentence: TextRange | null): TextRange {
  const starts = windowStarts(text);
  let best = { start: starts[0] ?? 0, end: 0, worth: -1 };
  for (const start of starts) {
    const end = endOfWindow(text, start);
    const holdsSentence =
      sentence !== null &&
      start <= sentence.start &&
      end >= Math.min(sentence.end, sentence.start + maxSnippetCharacters / 2);
    const worth = worthOf(marks, start, end) * (holdsSentence ? 1.5 : 1);
    if (worth > best.worth + 1e-9) best = { start, end, worth };
  }
  return best;
}

/** Starts of sentences, and of words where a sentence alone is longer than a snippet. */
function windowStarts(text: string): number[] {
  const starts: number[] = [];
  for (const match of text.matchAll(/(?<=^|[.!?…:;。！？]["”’)\]]*\s*|\n\s*)[^\s]/gu))
    starts.push(match.index);
  const first = text.search(/\S/u);
  if (first >= 0 && starts[0] !== first) starts.unshift(first);
  return starts.flatMap((start, index) => {
    const next = starts[index + 1] ?? text.length;
    const more: number[] = [];
    for (let at = start + maxSnippetCharacters / 2; at < next - 40; at += maxSnippetCharacters / 2) {
      const space = text.slice(at, next).search(/\s\S/u);
      if (space >= 0) more.push(at + space + 1);
    }
    return [start, ...more];
  });
}

function endOfWindow(text: string, start: number): number {
  const limit = start + maxSnippetCharacters;
  if (limit >= text.length) return text.trimEnd().length;
  const window = text.slice(start, limit);
  const sentenceEnd = Math.max(...Array.from(window.matchAll(/[.!?…]["”’)\]]*(?=\s)|[。！？]/gu), endOf), 0);
  if (sentenceEnd > maxSnippetCharacters / 2) return start + sentenceEnd;
  const space = window.search(/\s\S*$/u);
  return start + (space > 0 ? space : window.length);
}

/** In order; ranges that overlap or touch become one. */
export function mergeRanges(ranges: readonly TextRange[]): TextRange[] {
  const merged: TextRange[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

const endOf = (match: RegExpExecArray): number => match.index + match[0].length;
