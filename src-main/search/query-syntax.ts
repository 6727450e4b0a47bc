/**
 * What a person may type: free words, "a phrase", -without, path:, type:, before:, after:. Nothing typed is an error: what
 * cannot be understood is searched for as plain words, and a notice says so. This file knows no index and runs no search.
 */
import { documentKinds, kindsNamed } from '../contract/formats.ts';
import type { ChunkFilter } from '../store/chunk-filter.ts';
import { startOfDate } from './query-date.ts';

export type QueryPart = {
  kind: 'word' | 'phrase' | 'path' | 'type' | 'before' | 'after';
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
  filter: ChunkFilter;
  notices: string[];
};

const partPattern =
  /(?<minus>-)?(?:(?<key>path|type|before|after):)?(?:["“”](?<quoted>[^"“”]*)(?<closed>["“”])?|(?<plain>\S*))/iuy;

export function parseQuery(query: string): ParsedQuery {
  const parsed: ParsedQuery = {
    parts: [],
    text: '',
    phrases: [],
    excludedWords: [],
    excludedPhrases: [],
    filter: {
      paths: [],
      excludedPaths: [],
      kinds: [],
      excludedKinds: [],
      modifiedFrom: null,
      modifiedBefore: null,
    },
    notices: [],
  };
  const parts = splitParts(query, parsed.notices);
  const text: string[] = [];
  for (const part of parts) {
    const understood = apply(part, parsed) ?? { ...part, kind: 'word', isNegated: false };
    if (understood !== part) understood.value = query.slice(part.start, part.end);
    parsed.parts.push(understood);
    const isText = understood.kind === 'word' || understood.kind === 'phrase';
    if (isText && !understood.isNegated) text.push(understood.value);
  }
  parsed.text = text.join(' ');
  const { modifiedFrom, modifiedBefore } = parsed.filter;
  if (modifiedFrom !== null && modifiedBefore !== null && modifiedFrom >= modifiedBefore) {
    parsed.notices.push('after: is not earlier than before:, so no document can match both.');
  }
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
function apply(part: QueryPart, parsed: ParsedQuery): QueryPart | null {
  const { filter, notices } = parsed;
  const typed = `${part.kind}:${part.value}`;
  if (part.kind === 'word') {
    if (part.isNegated) parsed.excludedWords.push(part.value);
    return part;
  }
  if (part.kind === 'phrase') {
    (part.isNegated ? parsed.excludedPhrases : parsed.phrases).push(part.value);
    return part;
  }
  if (part.value === '') {
    notices.push(
      `${part.kind}: needs a value right after the colon, such as ${examples[part.kind]}; it is ignored.`,
    );
    return part;
  }
  if (part.kind === 'path') {
    (part.isNegated ? filter.excludedPaths : filter.paths).push(part.value);
    return part;
  }
  if (part.kind === 'type') {
    const kinds = part.value.split(',').filter(Boolean).map(kindsNamed);
    if (kinds.some((named) => named.length === 0)) {
      notices.push(
        `“${typed}” names no kind of document; there are ${documentKinds.join(', ')}. It is searched for as plain words.`,
      );
      return null;
    }
    (part.isNegated ? filter.excludedKinds : filter.kinds).push(...kinds.flat());
    return part;
  }
  const date = startOfDate(part.value);
  if (date === null) {
    notices.push(
      `“${typed}” holds no date; write it as 2024, 2024-05 or 2024-05-17. It is searched for as plain words.`,
    );
    return null;
  }
  // Not before a date means on or after it, and the other way round.
  const isLowerBound = (part.kind === 'after') !== part.isNegated;
  if (isLowerBound) filter.modifiedFrom = Math.max(filter.modifiedFrom ?? date, date);
  else filter.modifiedBefore = Math.min(filter.modifiedBefore ?? date, date);
  return part;
}

const examples = {
  path: 'path:contracts',
  type: 'type:pdf',
  before: 'before:2024-05-17',
  after: 'after:2024',
};
