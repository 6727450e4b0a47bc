/** Calendar dates for lists. Takes milliseconds since 1970. */
import { pageLanguage } from './page-language.ts';

export function formatDate(milliseconds: number, locale: string = pageLanguage): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(milliseconds);
}

/** The day and the time of it, for what was done lately. */
export function formatTime(milliseconds: number, locale: string = pageLanguage): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(milliseconds);
}
