/**
 * What a hit shows of its passage. A passage carries its title and headings twice, in its path and at the start of its
 * text; shown under the document's title, each of them is said once. Offsets are into the text that is returned.
 */
import type { Hit, TextRange } from '../../src-main/contract/search.ts';

export interface HitText {
  /** Headings above the passage, without the document's title. */
  readonly path: readonly string[];
  readonly text: string;
  readonly highlights: readonly TextRange[];
}

/** Shorter than this, a text says more with its heading than without. */
const MIN_TEXT = 24;
/** Words kept before the first match where the start of a text is left out. */
const LEAD_CHARACTERS = 40;

/** `maxCharacters` cuts around the first matching word; Infinity shows all of the snippet. */
export function hitText(
  hit: Pick<Hit, 'snippet' | 'highlights' | 'headingPath'>,
  title: string,
  maxCharacters: number,
): HitText {
  const path = hit.headingPath.filter((heading, at) => at > 0 || heading !== title);
  const start = bodyStart(hit, [title, path.at(-1) ?? '']);
  const highlights = moved(hit.highlights, start);
  return { path, ...shortened(hit.snippet.slice(start), highlights, maxCharacters) };
}

/** The passage without the headings that it starts with, for a list that names them beside it. */
export function passageBody(text: string, headings: readonly string[]): string {
  return text.slice(bodyStart({ snippet: text, highlights: [] }, headings));
}

/** Leaves a heading in place where a matching word of it would be lost. */
function bodyStart(hit: Pick<Hit, 'snippet' | 'highlights'>, headings: readonly string[]): number {
  const { snippet } = hit;
  const firstMatch = Math.min(...hit.highlights.map(({ start }) => start), snippet.length);
  let at = 0;
  for (const heading of headings) {
    const length = leadLength(snippet.slice(at), heading);
    const next = at + length;
    if (length > 0 && next <= firstMatch && snippet.length - next >= MIN_TEXT) at = next;
  }
  return at;
}

/** Length of `heading` at the start of `text`, its number there or not, with the white space after it; else 0. */
function leadLength(text: string, heading: string): number {
  for (const form of [heading, heading.replace(/^[\d.]+\s+/, '')]) {
    if (form === '' || !text.startsWith(form)) continue;
    const space = /^\s+/.exec(text.slice(form.length));
    if (space) return form.length + space[0].length;
  }
  return 0;
}

function shortened(text: string, highlights: readonly TextRange[], maxCharacters: number) {
  if (text.length <= maxCharacters) return { text, highlights };
  const match = highlights[0];
  const wanted = match && match.end > maxCharacters ? Math.max(0, match.start - LEAD_CHARACTERS) : 0;
  const start = wanted === 0 ? 0 : text.indexOf(' ', wanted) + 1;
  const window = text.slice(start, start + maxCharacters);
  const isLast = start + maxCharacters >= text.length;
  const body = isLast ? window : window.replace(/\s+\S*$/, '');
  const lead = start > 0 ? '…\u00a0' : '';
  const ranges = moved(highlights, start - lead.length);
  return {
    text: `${lead}${body}${isLast ? '' : '\u00a0…'}`,
    highlights: ranges.filter(({ end }) => end <= lead.length + body.length),
  };
}

function moved(ranges: readonly TextRange[], by: number): TextRange[] {
  return ranges
    .map(({ start, end }) => ({ start: start - by, end: end - by }))
    .filter(({ start }) => start >= 0);
}
