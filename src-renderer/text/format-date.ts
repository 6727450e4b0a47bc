/** Calendar dates for lists. Takes milliseconds since 1970. */
export function formatDate(milliseconds: number, locale = 'en'): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(milliseconds);
}
