/** Picks the part of a passage that shows best why it was found, with the sentence that answers, and marks the words of the question. */
import type { TextRange } from '../contract/search.ts';
import { answeringSentence, endOfHeadings, type PassageEvidence, worthOf } from './answering-sentence.ts';
import type { WordMark } from './words/mark-words.ts';

export type Snippet = {
  snippet: string;
  /** Offsets into the snippet, in order, none over another. */
  highlights: TextRange[];
  /** Offsets into the passage; null where nothing in it tells of the question. */
  sentence: TextRange | null;
};

const maxSnippetCharacters = 320;

/** `snippet` is an exact part of the text, without the headings that it begins with. */
export function makeSnippet(evidence: PassageEvidence): Snippet {
  const { text, marks } = evidence;
  const from = endOfHeadings(evidence);
  const sentence = answeringSentence(evidence, from);
  const { start, end } = windowAround(text, marks, { sentence, from });
  return {
    snippet: text.slice(start, end),
    highlights: mergeRanges(marks.filter((mark) => mark.start >= start && mark.end <= end)).map((range) => ({
      start: range.start - start,
      end: range.end - start,
    })),
    sentence,
  };
}

/** The window that holds most of the question; it begins with the sentence that answers, where there is one, or a little before. */
function windowAround(
  text: string,
  marks: readonly WordMark[],
  { sentence, from }: { sentence: TextRange | null; from: number },
): TextRange {
  const windows = windowStarts(text)
    .filter((start) => start >= from)
    .map((start) => ({ start, end: endOfWindow(text, start) }));
  const holding = windows.filter(({ start, end }) => {
    if (!sentence) return false;
    return (
      start <= sentence.start && end >= Math.min(sentence.end, sentence.start + maxSnippetCharacters / 2)
    );
  });
  let best = { start: 0, end: 0, worth: -1 };
  for (const { start, end } of holding.length > 0 ? holding : windows) {
    const worth = worthOf(marks, start, end);
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
