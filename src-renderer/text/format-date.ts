/** Calendar dates for lists. Takes milliseconds since 1970; in the person's own time zone unless another is named. */
import { pageLanguage } from './page-language.ts';

export function formatDate(milliseconds: number, locale: string = pageLanguage, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }).format(milliseconds);
}

/** The day and the time of it, for what was done lately. */
export function formatTime(milliseconds: number, locale: string = pageLanguage): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(milliseconds);
}
