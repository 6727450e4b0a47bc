/** Counts and figures with the reader's separators. */
export function formatNumber(value: number, digits = 0, locale = 'en'): string {
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}
