/** Reads the dates that filters hold: a year, a month or a day, in the person's own time zone. */

/** The whole period in milliseconds since 1970, its end not included, or null for what is no date. */
export function periodOfDate(text: string): { from: number; before: number } | null {
  const match = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  const start = new Date(year, month - 1, day);
  // `new Date` turns 31 February into March; such a date is a slip, not a wish.
  const isReal = start.getFullYear() === year && start.getMonth() === month - 1 && start.getDate() === day;
  if (!isReal) return null;
  const end =
    match[2] === undefined
      ? new Date(year + 1, 0, 1)
      : match[3] === undefined
        ? new Date(year, month, 1)
        : new Date(year, month - 1, day + 1);
  return { from: start.getTime(), before: end.getTime() };
}
