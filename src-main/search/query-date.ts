/** Reads the dates of `before:` and `after:`: a year, a month or a day, in the person's own time zone. */

/** Start of the period in milliseconds since 1970, or null for what is no date. */
export function startOfDate(text: string): number | null {
  const match = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  const date = new Date(year, month - 1, day);
  // `new Date` turns 31 February into March; such a date is a slip, not a wish.
  const isReal = date.getFullYear() === year && date.getMonth() === month - 1 && date.getDate() === day;
  return isReal ? date.getTime() : null;
}
