/** Compares a list of files with a golden list of patterns: `*` is a part of one name, `**` any depth. It reads no files. */

export interface GoldenMismatch {
  /** Files that no pattern expects. */
  unexpected: string[];
  /** Patterns that no file fulfils; a pattern that ends in ` ?` may stay unfulfilled. */
  missing: string[];
}

export function matchGoldenList(files: readonly string[], golden: string): GoldenMismatch {
  const patterns = golden
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({
      line,
      optional: line.endsWith(' ?'),
      expression: toExpression(line.replace(/ \?$/, '')),
    }));
  return {
    unexpected: files.filter((file) => !patterns.some(({ expression }) => expression.test(file))),
    missing: patterns
      .filter(({ optional, expression }) => !optional && !files.some((file) => expression.test(file)))
      .map(({ line }) => line),
  };
}

function toExpression(pattern: string): RegExp {
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part) =>
      part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+^${}()|[\]\\?]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}$`);
}
