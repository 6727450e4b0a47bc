/** What highlight.js says of a program, as ranges of its text. Kept apart from highlight.js itself, whose types bring those of a browser. */
import type { TextRange } from '../../../src-main/contract/search.ts';

/** `scope` is what highlight.js calls it, such as `keyword` or `string`. */
export type CodeToken = TextRange & { scope: string };

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
};

/** Its answer is HTML of nested spans and escaped text; only the names and the lengths are taken from it. */
export function tokensOf(html: string): CodeToken[] {
  const tokens: CodeToken[] = [];
  const open: string[] = [];
  let at = 0;
  for (const [piece, scope] of html.matchAll(
    /<span class="hljs-([^"]*)">|<\/span>|&(?:amp|lt|gt|quot|#x27);|[^<&]+/g,
  )) {
    if (scope !== undefined) open.push(scope.split(' ')[0]!);
    else if (piece === '</span>') open.pop();
    else {
      const length = entities[piece] ? 1 : piece.length;
      const inner = open.at(-1);
      const last = tokens.at(-1);
      if (inner !== undefined && last?.scope === inner && last.end === at) last.end += length;
      else if (inner !== undefined) tokens.push({ scope: inner, start: at, end: at + length });
      at += length;
    }
  }
  return tokens;
}
