/**
 * Cuts extracted text into what a reader sees: headings, the lines above an e-mail, and running text, each with the
 * passage marked where it reaches in. Every character of the text stays where it was read, so that offsets hold.
 */
import { viewerOf } from '../../src-main/contract/formats.ts';
import type { DocumentText } from '../../src-main/contract/libraries.ts';
import type { TextRange } from '../../src-main/contract/search.ts';
import { splitHighlights, type TextPart } from '../text/split-highlights.ts';
import { wordPattern } from '../text/word-pattern.ts';

/** A stretch of text outside of the passage, inside it, or in its sentence that answers; `parts` marks the matching words. */
export interface TextStretch {
  readonly place: 'outside' | 'passage' | 'sentence';
  readonly parts: readonly TextPart[];
}

export type TextBlock = { readonly start: number; readonly stretches: readonly TextStretch[] } & (
  | { readonly kind: 'heading'; readonly level: number }
  | { readonly kind: 'letterhead' | 'text' }
);

type Cut = { start: number; end: number } & (
  | { kind: 'heading'; level: number }
  | { kind: 'letterhead' | 'text' }
);

/** What is marked: a passage by its offsets, the sentence in it that answers, and the words of the question. */
export interface Marked {
  readonly range: TextRange;
  readonly sentence: string | null;
  /** Where it begins, where that is known; else its first place in the passage is taken. */
  readonly sentenceStart?: number;
  readonly matchedWords: readonly string[];
}

export function textBlocks(content: DocumentText, passage: Marked | null): TextBlock[] {
  const pattern = wordPattern(passage?.matchedWords ?? []);
  const spans = passage ? markedSpans(content.text, passage) : [];
  return cuts(content).flatMap((cut) => {
    const { start, end } = trimmed(content.text, cut);
    if (start >= end) return [];
    const stretches = stretchesOf(content.text, { start, end }, spans, pattern);
    return [
      cut.kind === 'heading'
        ? { kind: cut.kind, level: cut.level, start, stretches }
        : { kind: cut.kind, start, stretches },
    ];
  });
}

/** A heading counts where its title stands in the text; an outline may name pages by what is not written on them. */
function cuts({ document, text, headings }: DocumentText): Cut[] {
  const found: Cut[] = [];
  let at = 0;
  for (const { level, title, start } of headings) {
    const lineEnd = text.indexOf('\n\n', start);
    const end = lineEnd < 0 ? text.length : lineEnd;
    if (start < at || text.slice(start, end).replace(/\s+/g, ' ').trim() !== title) continue;
    if (start > at) found.push({ kind: 'text', start: at, end: start });
    found.push({ kind: 'heading', level, start, end });
    at = end;
  }
  if (viewerOf(document.kind) === 'mail') {
    const head = /^\s*(?:(?:From|To|Cc|Date|Subject): .*(?:\n|$))+/.exec(text.slice(at));
    if (head) {
      found.push({ kind: 'letterhead', start: at, end: at + head[0].length });
      at += head[0].length;
    }
  }
  if (at < text.length) found.push({ kind: 'text', start: at, end: text.length });
  return found;
}

/** Without the line breaks at both ends: the space between blocks is the page's to give. */
function trimmed(text: string, { start, end }: TextRange): TextRange {
  const whole = text.slice(start, end);
  const lead = /^\n+/.exec(whole)?.[0].length ?? 0;
  return { start: start + lead, end: start + whole.trimEnd().length };
}

export type Span = TextRange & { place: TextStretch['place'] };

/** The passage before its answering sentence, that sentence, and the passage after it. */
export function markedSpans(text: string, { range, sentence, sentenceStart }: Marked): Span[] {
  const found = sentence === null ? -1 : (sentenceStart ?? text.indexOf(sentence, range.start));
  const isInside = found >= 0 && found < range.end;
  const start = isInside ? found : range.end;
  const end = isInside ? Math.min(range.end, found + sentence!.length) : range.end;
  return [
    { place: 'passage', start: range.start, end: start },
    { place: 'sentence', start, end },
    { place: 'passage', start: end, end: range.end },
  ];
}

function stretchesOf(
  text: string,
  { start, end }: TextRange,
  spans: readonly Span[],
  pattern: RegExp | null,
): TextStretch[] {
  const stretches: TextStretch[] = [];
  let at = start;
  const take = (place: Span['place'], to: number): void => {
    if (to <= at) return;
    const words = text.slice(at, to);
    const marks =
      place === 'outside' || !pattern
        ? []
        : [...words.matchAll(pattern)].map(({ index, 0: word }) => ({
            start: index,
            end: index + word.length,
          }));
    stretches.push({ place, parts: splitHighlights(words, marks) });
    at = to;
  };
  for (const span of spans) {
    take('outside', Math.min(end, span.start));
    take(span.place, Math.min(end, span.end));
  }
  take('outside', end);
  return stretches;
}
