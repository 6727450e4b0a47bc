/** What a passage is found by: its headings, words that it does not show, then its text. */

/** `textStart` is the offset of the text within `words`. */
export function passageWords({
  headingPath,
  extraWords = '',
  text,
}: {
  headingPath: readonly string[];
  extraWords?: string;
  text: string;
}): { words: string; textStart: number } {
  const lines = [headingPath.join('\n'), extraWords].filter((line) => line !== '');
  const context = lines.map((line) => `${line}\n`).join('');
  return { words: context + text, textStart: context.length };
}
