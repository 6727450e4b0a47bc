/** A day as `2016-03-01`, by its number from the first of January 2016. */
export function isoDay(day: number): string {
  return new Date(Date.UTC(2016, 0, 1 + day)).toISOString().slice(0, 10);
}
