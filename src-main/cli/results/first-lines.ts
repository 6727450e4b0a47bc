/** The first lines of a text, with a mark where more follow. */
export function firstLines(text: string, most: number | undefined): string {
  const lines = text.trimEnd().split(/\r?\n/);
  if (most === undefined || lines.length <= most) return lines.join('\n');
  return [...lines.slice(0, most), '…'].join('\n');
}
