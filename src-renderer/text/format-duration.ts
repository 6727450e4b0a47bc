/** Rough durations ("3 min"): nobody plans by the second of an estimate. */
import { pageLanguage } from './page-language.ts';

export function formatDuration(seconds: number, locale: string = pageLanguage): string {
  const unit = (value: number, name: 's' | 'min' | 'h') =>
    `${new Intl.NumberFormat(locale).format(value)} ${name}`;
  if (seconds < 1) return `< ${unit(1, 's')}`;
  if (seconds < 60) return unit(Math.round(seconds), 's');
  if (seconds < 3600) return unit(Math.round(seconds / 60), 'min');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.round((seconds - hours * 3600) / 60);
  return minutes === 0 ? unit(hours, 'h') : `${unit(hours, 'h')} ${unit(minutes, 'min')}`;
}
