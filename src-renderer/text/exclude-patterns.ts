/** What a person types to leave files out: one pattern a line, relative to the folder. */

export type ExcludePatterns =
  | { readonly kind: 'patterns'; readonly patterns: readonly string[] }
  /** The first line that cannot mean what it says, and why. */
  | { readonly kind: 'refused'; readonly line: string; readonly why: 'absolute' | 'brackets' | 'parent' };

/** Refuses lines that would silently match nothing. */
export function excludePatterns(typed: string): ExcludePatterns {
  const patterns = typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  for (const line of patterns) {
    const why = problemOf(line);
    if (why) return { kind: 'refused', line, why };
  }
  return { kind: 'patterns', patterns };
}

/** The typed patterns with one more line that takes back what is left out for its name. */
export function includePattern(typed: string, name: string): string {
  return [...typed.split('\n').filter((line) => line.trim() !== ''), `!${name}`].join('\n');
}

/** The typed patterns without that line. */
export function withoutLine(typed: string, line: string): string {
  return typed
    .split('\n')
    .filter((other) => other.trim() !== line)
    .join('\n');
}

function problemOf(pattern: string): 'absolute' | 'brackets' | 'parent' | null {
  if (/^!?(?:\/|~|[A-Za-z]:[\\/])/.test(pattern)) return 'absolute';
  if (pattern.split(/[\\/]/).includes('..')) return 'parent';
  return isBalanced(pattern, '[', ']') && isBalanced(pattern, '{', '}') ? null : 'brackets';
}

function isBalanced(pattern: string, open: string, close: string): boolean {
  let depth = 0;
  for (const character of pattern) {
    if (character === open) depth += 1;
    else if (character === close) depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
