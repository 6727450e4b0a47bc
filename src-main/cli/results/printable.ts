/**
 * A document's words without what a terminal would take as an order: a file may hold sequences that move the cursor, set the title
 * or make links. Each such character becomes one space, so that offsets stay.
 */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, ' ');
}
