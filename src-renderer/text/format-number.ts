/** Counts and figures with the reader's separators. A small fraction keeps two digits that mean something, so that little is not said as nothing. */
import { pageLanguage } from './page-language.ts';

export function formatNumber(value: number, digits?: number, locale: string = pageLanguage): string {
  const isSmallPart = digits === undefined && !Number.isInteger(value) && Math.abs(value) < 10;
  const options = isSmallPart
    ? { maximumSignificantDigits: 2 }
    : { minimumFractionDigits: digits ?? 0, maximumFractionDigits: digits ?? 0 };
  return new Intl.NumberFormat(locale, options).format(value);
}
