/**
 * What a person may type: free words, "a phrase", -without, filters such as path:contracts, OR and parentheses. Nothing typed is an
 * error: what cannot be understood is searched for as plain words, and a notice says so. This file knows no index and runs no search.
 */
import { filterExample } from '../contract/tables/search-filters.ts';
import { allFilters } from './filters/all-filters.ts';
import { combineFilters, dateConflict } from './filters/combine-filters.ts';
import type { Condition } from './filters/condition.ts';
import { groupTokens, type QueryNode } from './syntax/group-tokens.ts';
import { type QueryPart, splitQuery } from './syntax/split-query.ts';
import { suggestFilter } from './syntax/suggest-filter.ts';

export type ParsedQuery = {
  parts: QueryPart[];
  /** Free words and phrases in the order typed: what passages are ranked by. */
  text: string;
  /** Each must stand in a passage, word for word. */
  phrases: string[];
  excludedWords: string[];
  excludedPhrases: string[];
  /** What filters narrow to, and phrases of which one is enough. */
  condition: Condition;
  /** Where to search, and where not; `all` is every library. Both empty where nothing is said of it. */
  libraries: { included: string[]; excluded: string[] };
  notices: string[];
};

export function parseQuery(query: string): ParsedQuery {
  const notices: string[] = [];
  const nodes = groupTokens(splitQuery(query, notices), query);
  return new QueryReader(query, notices).read(nodes);
}

/** Where in the tree a node stands: under how many negations, and whether it must hold for the whole. */
type Place = { isNegated: boolean; isRequired: boolean };

class QueryReader {
  readonly #query: string;
  readonly #parsed: ParsedQuery;
  readonly #text: string[] = [];

  constructor(query: string, notices: string[]) {
    this.#query = query;
    this.#parsed = {
      parts: [],
      text: '',
      phrases: [],
      excludedWords: [],
      excludedPhrases: [],
      condition: { type: 'all', of: [] },
      libraries: { included: [], excluded: [] },
      notices,
    };
  }

  read(nodes: readonly QueryNode[]): ParsedQuery {
    const place = { isNegated: false, isRequired: true };
    const parsed = this.#parsed;
    parsed.condition = combineFilters(nodes.flatMap((node) => this.#conditionsOf(node, place)));
    parsed.text = this.#text.join(' ');
    if (parsed.text === '' && parsed.excludedPhrases.length === 0) this.#askForNegativeNumbers();
    const conflict = dateConflict(parsed.condition);
    if (conflict) parsed.notices.push(conflict);
    return parsed;
  }

  /** “-3.25” by itself leaves nothing out: there is nothing that it could be left out of. */
  #askForNegativeNumbers(): void {
    const { excludedWords } = this.#parsed;
    if (excludedWords.length === 0 || !excludedWords.every((word) => /^\p{N}/u.test(word))) return;
    this.#parsed.text = excludedWords.map((word) => `-${word}`).join(' ');
    this.#parsed.excludedWords = [];
  }

  /** What must hold together; nothing where the node narrows nothing. Negations are carried down to the leaves. */
  #conditionsOf(node: QueryNode, place: Place): Condition[] {
    if (node.type === 'part') return this.#conditionsOfPart(node.part, place);
    if (node.type === 'not') return this.#conditionsOf(node.of, { ...place, isNegated: !place.isNegated });
    const isAll = (node.type === 'all') !== place.isNegated;
    const isRequired = place.isRequired && (isAll || node.of.length === 1);
    const members = node.of.map((member) => this.#conditionsOf(member, { ...place, isRequired }));
    if (isAll || node.of.length === 1) return members.flat();
    if (members.every((conditions) => conditions.length > 0))
      return [{ type: 'any', of: members.map(combineFilters) }];
    if (members.flat().some(isFilter)) {
      this.#parsed.notices.push(
        'A filter joined to words by OR narrows nothing, as words need not be there; put the words in quotation marks if they must.',
      );
    }
    return [];
  }

  #conditionsOfPart(part: QueryPart, place: Place): Condition[] {
    const isNegated = part.isNegated !== place.isNegated;
    const { kind, value } = part;
    if (kind === 'word') return this.#word(part, isNegated, place);
    if (kind === 'phrase') {
      this.#parsed.parts.push(part);
      if (!isNegated) this.#text.push(value);
      const held: Condition = { type: 'holds', text: value, isPhrase: true };
      if (!place.isRequired) return [isNegated ? { type: 'not', of: held } : held];
      (isNegated ? this.#parsed.excludedPhrases : this.#parsed.phrases).push(value);
      return [];
    }
    if (value === '') {
      this.#parsed.parts.push(part);
      this.#parsed.notices.push(
        `${kind}: needs a value right after the colon, such as ${filterExample(kind)}; it is ignored.`,
      );
      return [];
    }
    const meaning = allFilters[kind].read(value);
    if (meaning === null) {
      this.#refuse(part);
      const typed = this.#query.slice(part.start, part.end);
      return this.#word({ ...part, kind: 'word', isNegated: false, value: typed }, false, place);
    }
    this.#parsed.parts.push(part);
    if ('libraries' in meaning) {
      const { included, excluded } = this.#parsed.libraries;
      (isNegated ? excluded : included).push(...meaning.libraries);
      return [];
    }
    const leaf: Condition = { type: 'filter', name: kind, ...meaning };
    return [isNegated ? { type: 'not', of: leaf } : leaf];
  }

  #word(part: QueryPart, isNegated: boolean, place: Place): Condition[] {
    const { value } = part;
    this.#parsed.parts.push(part);
    const suggestion = suggestFilter(value);
    if (suggestion) this.#parsed.notices.push(suggestion);
    if (!isNegated) {
      this.#text.push(value);
      return [];
    }
    if (!place.isRequired) return [{ type: 'not', of: { type: 'holds', text: value, isPhrase: false } }];
    this.#parsed.excludedWords.push(value);
    return [];
  }

  #refuse({ kind, value }: QueryPart): void {
    if (kind === 'word' || kind === 'phrase') return;
    const { refusal, suggest } = allFilters[kind];
    const suggested = suggest?.(value);
    const meant = suggested ? ` Did you mean ${kind}:${suggested}?` : '';
    this.#parsed.notices.push(`“${kind}:${value}” ${refusal}${meant} It is searched for as plain words.`);
  }
}

function isFilter(condition: Condition): boolean {
  if (condition.type === 'filter') return true;
  if (condition.type === 'not') return isFilter(condition.of);
  return 'of' in condition && condition.of.some(isFilter);
}
