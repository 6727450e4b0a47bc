/** Counts and figures with the reader's separators. */
import { pageLanguage } from './page-language.ts';

export function formatNumber(value: number, digits = 0, locale: string = pageLanguage): string {
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}
