/** `size:>5MB`, `size:1MB..20MB`: documents larger or smaller than this, or between two sizes, both included. */
import type { FilterMeaning, SearchFilter } from './search-filter.ts';

const powers: Record<string, number> = { '': 0, k: 1, m: 2, g: 3, t: 4 };
const sizePattern = /^(\d+(?:[.,]\d+)?)\s*(?:([kmgt]?)(i?)b?)$/i;

export const sizeFilter: SearchFilter = {
  read: (value) => {
    const range = value.split('..');
    if (range.length === 2) return between(bytesOf(range[0]!), bytesOf(range[1]!));
    const [, sign = '', size = ''] = /^(>=|<=|>|<|=)?(.*)$/s.exec(value) ?? [];
    const bytes = bytesOf(size);
    if (bytes === null) return null;
    if (sign === '' || sign === '=') return roundingTo(size, bytes);
    return { documents: { sql: `size_bytes ${sign} ?`, values: [bytes] } };
  },
  refusal: 'holds no size; write it as >5MB, <200KB or 1MB..20MB.',
  /** A number with a unit that does not exist is most often a slip beside MB. */
  suggest: (value) => {
    const [, sign = '', number] = /^(>=|<=|>|<|=)?\s*(\d+(?:[.,]\d+)?)/.exec(value) ?? [];
    return number === undefined ? null : `${sign}${number}MB`;
  },
};

/** `MB` is a million bytes, as file managers count, and `MiB` 1024 × 1024. */
function bytesOf(text: string): number | null {
  const match = sizePattern.exec(text.trim());
  if (!match) return null;
  const base = match[3] ? 1024 : 1000;
  return Math.round(Number(match[1]!.replace(',', '.')) * base ** powers[match[2]!.toLowerCase()]!);
}

function between(from: number | null, to: number | null): FilterMeaning | null {
  if (from === null || to === null) return null;
  return { documents: { sql: 'size_bytes BETWEEN ? AND ?', values: [from, to] } };
}

/** A size as a file manager shows it: `5MB` is whatever rounds to that. */
function roundingTo(text: string, bytes: number): FilterMeaning {
  const number = /^\d+(?:[.,](\d+))?/.exec(text.trim());
  const value = Number(number![0].replace(',', '.'));
  const unit = value > 0 ? bytes / value : 1;
  const half = unit === 1 ? 0 : (unit * 10 ** -(number![1]?.length ?? 0)) / 2;
  return { documents: { sql: 'size_bytes BETWEEN ? AND ?', values: [bytes - half, bytes + half] } };
}
