/** Picks the part of a passage that shows best why it was found, and marks the words of the question in it. */
import type { TextRange } from '../contract/search.ts';
import { textWords } from './text-words.ts';

export type Snippet = { snippet: string; highlights: TextRange[]; matchedStems: Set<string> };

export type SnippetWords = {
  /** Stem of a word of the passage, or null for a stop word. */
  stemOf: (word: string) => string | null;
  /** How much each stem of the question is worth showing. */
  weights: ReadonlyMap<string, number>;
};

const maxSnippetCharacters = 320;

/** `snippet` is an exact part of `text`; `highlights` are offsets into the snippet. */
export function makeSnippet(text: string, { stemOf, weights }: SnippetWords): Snippet {
  const matches = textWords(text).flatMap((word) => {
    const stem = stemOf(word.word);
    return stem !== null && weights.has(stem) ? [{ ...word, stem }] : [];
  });
  const { start, end } = bestWindow(text, matches, weights);
  return {
    snippet: text.slice(start, end),
    highlights: matches
      .filter((match) => match.start >= start && match.end <= end)
      .map((match) => ({ start: match.start - start, end: match.end - start })),
    matchedStems: new Set(matches.map((match) => match.stem)),
  };
}

type Match = { start: number; end: number; stem: string };

/** The window with the most different words of the question; the earliest of equals. */
function bestWindow(
  text: string,
  matches: readonly Match[],
  weights: ReadonlyMap<string, number>,
): TextRange {
  const starts = sentenceStarts(text);
  let best = { start: starts[0] ?? 0, end: 0, worth: -1 };
  for (const start of starts) {
    const end = endOfWindow(text, start);
    const inside = matches.filter((match) => match.start >= start && match.end <= end);
    const stems = new Set(inside.map((match) => match.stem));
    let worth = inside.length * 0.01;
    for (const stem of stems) worth += weights.get(stem) ?? 0;
    if (worth > best.worth + 1e-9) best = { start, end, worth };
  }
  return best;
}

/** Starts of sentences, and of words where a sentence alone is longer than a snippet. */
function sentenceStarts(text: string): number[] {
  const starts: number[] = [];
  for (const match of text.matchAll(/(?<=^|[.!?…:;]["”’)\]]*\s+|\n\s*)[^\s]/gu)) starts.push(match.index);
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
  const sentenceEnd = Math.max(...Array.from(window.matchAll(/[.!?…]["”’)\]]*(?=\s)/gu), endOf), 0);
  if (sentenceEnd > maxSnippetCharacters / 2) return start + sentenceEnd;
  const space = window.search(/\s\S*$/u);
  return start + (space > 0 ? space : window.length);
}

const endOf = (match: RegExpExecArray): number => match.index + match[0].length;
