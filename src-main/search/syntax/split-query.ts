/** Cuts a question into words, phrases, filters, parentheses and OR. It decides nothing about what they mean. */
import { type SearchFilterName, searchFilterNames } from '../../contract/tables/search-filters.ts';

export type QueryPart = {
  kind: 'word' | 'phrase' | SearchFilterName;
  value: string;
  /** Preceded by `-`. */
  isNegated: boolean;
  /** UTF-16 offsets into the query, quotes and prefix included. */
  start: number;
  end: number;
};

export type QueryToken =
  | { type: 'part'; part: QueryPart }
  | { type: 'open'; isNegated: boolean; start: number }
  | { type: 'close'; end: number }
  | { type: 'or' | 'and'; start: number; end: number };

/** Deeper ones are text: nobody writes them, and each costs a call. */
const deepestParentheses = 20;

/** In any case, while OR, AND and NOT are written in capitals. */
const keys = searchFilterNames
  .map((name) => [...name].map((letter) => `[${letter}${letter.toUpperCase()}]`).join(''))
  .join('|');
const partPattern = new RegExp(
  `(?<minus>-|NOT\\s+(?=[("“”]|(?:${keys}):))?(?:(?<open>\\()|(?:(?<key>(?:${keys})(?=:)):)?(?:["“”](?<quoted>[^"“”]*)(?<closed>["“”])?|(?<plain>\\S*)))`,
  'uy',
);

export function splitQuery(query: string, notices: string[]): QueryToken[] {
  const tokens: QueryToken[] = [];
  let depth = 0;
  let position = 0;
  for (;;) {
    while (/\s/u.test(query[position] ?? '')) position += 1;
    if (position >= query.length) return tokens;
    const start = position;
    if (depth > 0 && query[position] === ')') {
      depth -= 1;
      position += 1;
      tokens.push({ type: 'close', end: position });
      continue;
    }
    partPattern.lastIndex = position;
    const match = partPattern.exec(query)!;
    const { minus, open, key, quoted, closed } = match.groups!;
    if (open && depth < deepestParentheses) {
      depth += 1;
      position += match[0].length;
      tokens.push({ type: 'open', isNegated: minus !== undefined, start });
      continue;
    }
    if (quoted !== undefined && !closed) {
      notices.push(
        `The quotation mark at position ${start + 1} is not closed; the words after it are searched for as plain words.`,
      );
      // Only the mark is dropped: what follows it is read like the rest.
      position = start + match[0].length - quoted.length;
      continue;
    }
    const typed = open ? /\S+/uy : null;
    if (typed) typed.lastIndex = position;
    const whole = typed?.exec(query)?.[0] ?? match[0];
    const surplus = quoted === undefined && depth > 0 ? closingSurplus(whole) : 0;
    position += whole.length - surplus;
    const text = query.slice(start, position);
    const operator = text === 'OR' ? 'or' : text === 'AND' ? 'and' : null;
    if (operator) {
      tokens.push({ type: operator, start, end: position });
      continue;
    }
    const prefix = open ? 0 : (minus?.length ?? 0) + (key === undefined ? 0 : key.length + 1);
    const value = (quoted === undefined ? text.slice(prefix) : quoted).trim();
    const kind = (key?.toLowerCase() ?? (quoted === undefined ? 'word' : 'phrase')) as QueryPart['kind'];
    const part = { kind, value, isNegated: !open && minus !== undefined, start, end: position };
    // A lone dash, as in “lease - end”, and an empty phrase mean nothing.
    if (key !== undefined || /[\p{L}\p{N}]/u.test(value)) tokens.push({ type: 'part', part });
  }
}

/** How many parentheses at the end of a word close what was opened before it. */
function closingSurplus(word: string): number {
  const count = (mark: string) => word.split(mark).length - 1;
  const atEnd = /\)*$/.exec(word)![0].length;
  return Math.min(atEnd, Math.max(0, count(')') - count('(')));
}
