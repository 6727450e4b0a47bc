/**
 * Cuts extracted text into what a reader sees: headings, the lines above an e-mail, and running text, each with the
 * passage marked where it reaches in. Every character of the text stays where it was read, so that offsets hold.
 */
import { viewerOf } from '../../src-main/contract/formats.ts';
import type { DocumentText } from '../../src-main/contract/libraries.ts';
import type { TextRange } from '../../src-main/contract/search.ts';
import { splitHighlights, type TextPart } from '../text/split-highlights.ts';

/** A stretch of text inside the passage or outside of it; `parts` marks the matching words. */
export interface TextStretch {
  readonly inPassage: boolean;
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

export function textBlocks(
  content: DocumentText,
  passage: TextRange | null,
  words: readonly string[],
): TextBlock[] {
  const pattern = wordPattern(words);
  return cuts(content).flatMap((cut) => {
    const { start, end } = trimmed(content.text, cut);
    if (start >= end) return [];
    const stretches = stretchesOf(content.text, { start, end }, passage, pattern);
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

function stretchesOf(
  text: string,
  { start, end }: TextRange,
  passage: TextRange | null,
  pattern: RegExp | null,
): TextStretch[] {
  const from = Math.max(start, Math.min(end, passage?.start ?? end));
  const to = Math.max(from, Math.min(end, passage?.end ?? end));
  const inside = text.slice(from, to);
  const marks = pattern
    ? [...inside.matchAll(pattern)].map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
      }))
    : [];
  const stretches: TextStretch[] = [
    { inPassage: false, parts: splitHighlights(text.slice(start, from), []) },
    { inPassage: true, parts: splitHighlights(inside, marks) },
    { inPassage: false, parts: splitHighlights(text.slice(to, end), []) },
  ];
  return stretches.filter(({ parts }) => parts.length > 0);
}

function wordPattern(words: readonly string[]): RegExp | null {
  const wanted = words
    .filter((word) => word !== '')
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (wanted.length === 0) return null;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${wanted.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}
