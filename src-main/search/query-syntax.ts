/**
 * What a person may type: free words, "a phrase", -without, and filters such as path:contracts. Nothing typed is an error: what
 * cannot be understood is searched for as plain words, and a notice says so. This file knows no index and runs no search.
 */
import {
  filterExample,
  type SearchFilterName,
  searchFilterNames,
} from '../contract/tables/search-filters.ts';
import { allFilters } from './filters/all-filters.ts';
import { combineFilters, dateConflict, type FoundFilter } from './filters/combine-filters.ts';
import type { Condition } from './filters/condition.ts';

export type QueryPart = {
  kind: 'word' | 'phrase' | SearchFilterName;
  value: string;
  /** Preceded by `-`. */
  isNegated: boolean;
  /** UTF-16 offsets into the query, quotes and prefix included. */
  start: number;
  end: number;
};

export type ParsedQuery = {
  parts: QueryPart[];
  /** Free words and phrases in the order typed: what passages are ranked by. */
  text: string;
  /** Each must stand in a passage, word for word. */
  phrases: string[];
  excludedWords: string[];
  excludedPhrases: string[];
  /** What filters narrow to. */
  condition: Condition;
  notices: string[];
};

const partPattern = new RegExp(
  `(?<minus>-)?(?:(?<key>${searchFilterNames.join('|')}):)?(?:["“”](?<quoted>[^"“”]*)(?<closed>["“”])?|(?<plain>\\S*))`,
  'iuy',
);

export function parseQuery(query: string): ParsedQuery {
  const parsed: ParsedQuery = {
    parts: [],
    text: '',
    phrases: [],
    excludedWords: [],
    excludedPhrases: [],
    condition: { type: 'all', of: [] },
    notices: [],
  };
  const parts = splitParts(query, parsed.notices);
  const filters: FoundFilter[] = [];
  const text: string[] = [];
  for (const part of parts) {
    const understood = apply(part, parsed, filters) ?? { ...part, kind: 'word', isNegated: false };
    if (understood !== part) understood.value = query.slice(part.start, part.end);
    parsed.parts.push(understood);
    const isText = understood.kind === 'word' || understood.kind === 'phrase';
    if (isText && !understood.isNegated) text.push(understood.value);
  }
  parsed.text = text.join(' ');
  parsed.condition = combineFilters(filters);
  const conflict = dateConflict(filters);
  if (conflict) parsed.notices.push(conflict);
  return parsed;
}

function splitParts(query: string, notices: string[]): QueryPart[] {
  const parts: QueryPart[] = [];
  let position = 0;
  for (;;) {
    while (/\s/u.test(query[position] ?? '')) position += 1;
    if (position >= query.length) return parts;
    partPattern.lastIndex = position;
    const match = partPattern.exec(query)!;
    const { minus, key, quoted, closed, plain } = match.groups!;
    const start = position;
    if (quoted !== undefined && !closed) {
      notices.push(
        `The quotation mark at position ${start + 1} is not closed; the words after it are searched for as plain words.`,
      );
      // Only the mark is dropped: what follows it is read like the rest.
      position = start + match[0].length - quoted.length;
      continue;
    }
    position += match[0].length;
    const value = (quoted ?? plain ?? '').trim();
    const kind = (key?.toLowerCase() ?? (quoted === undefined ? 'word' : 'phrase')) as QueryPart['kind'];
    const part = { kind, value, isNegated: minus !== undefined, start, end: position };
    // A lone dash, as in “lease - end”, and an empty phrase mean nothing.
    if (key !== undefined || /[\p{L}\p{N}]/u.test(value)) parts.push(part);
  }
}

/** Returns the part as understood, or null for one that is to be read as plain words. */
function apply(part: QueryPart, parsed: ParsedQuery, filters: FoundFilter[]): QueryPart | null {
  const { kind, value, isNegated } = part;
  if (kind === 'word') {
    if (isNegated) parsed.excludedWords.push(value);
    return part;
  }
  if (kind === 'phrase') {
    (isNegated ? parsed.excludedPhrases : parsed.phrases).push(value);
    return part;
  }
  if (value === '') {
    const example = filterExample(kind);
    parsed.notices.push(`${kind}: needs a value right after the colon, such as ${example}; it is ignored.`);
    return part;
  }
  const meaning = allFilters[kind].read(value);
  if (meaning === null) {
    parsed.notices.push(`“${kind}:${value}” ${allFilters[kind].refusal} It is searched for as plain words.`);
    return null;
  }
  filters.push({ name: kind, isNegated, meaning });
  return part;
}
