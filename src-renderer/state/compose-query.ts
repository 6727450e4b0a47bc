/** Filters are chips on the page and operators in the query language; this is where one becomes the other. */
import type { DocumentKind } from '../../src-main/contract/libraries.ts';

export interface SearchFilters {
  readonly kinds: readonly DocumentKind[];
  /** Part of a path, or empty. */
  readonly path: string;
  /** ISO dates (`2024-05-01`), or empty. */
  readonly after: string;
  readonly before: string;
}

export const noFilters: SearchFilters = { kinds: [], path: '', after: '', before: '' };

/** The typed text followed by the operators of the chips; an empty text stays empty, for a filter alone asks nothing. */
export function composeQuery(text: string, filters: SearchFilters): string {
  const words = text.trim();
  if (words === '') return '';
  const operators = filters.kinds.map((kind) => `type:${kind}`);
  if (filters.path.trim() !== '') operators.push(`path:${quoted(filters.path.trim())}`);
  if (filters.after !== '') operators.push(`after:${filters.after}`);
  if (filters.before !== '') operators.push(`before:${filters.before}`);
  return [words, ...operators].join(' ');
}

function quoted(value: string): string {
  return /[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}
