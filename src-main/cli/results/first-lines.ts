/** The first lines of a text, with a mark where more follow. Blank ones between them are kept and do not count. */
export function firstLines(text: string, most: number | undefined): string {
  const lines = text.trimEnd().split(/\r?\n/);
  if (most === undefined) return lines.join('\n');
  const written = lines.flatMap((line, index) => (line.trim() === '' ? [] : index));
  const next = written[most];
  if (next === undefined) return lines.join('\n');
  return [...lines.slice(0, written[most - 1]! + 1), '…'].join('\n');
}
