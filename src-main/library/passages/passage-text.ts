/** The text of a passage as the encoder gets it: its headings first, which say what it is about. */

/** Headings that the passage already starts with are not repeated. */
export function passageText(passage: { headingPath: readonly string[]; text: string }): string {
  const start = passage.text.slice(0, 400).toLowerCase();
  const context = passage.headingPath.filter((heading) => heading && !start.includes(heading.toLowerCase()));
  return context.length > 0 ? `${context.join('. ')}. ${passage.text}` : passage.text;
}
