/**
 * Lets a question begin with what it leaves out: `llara search -type:pdf lease` has no option, though it looks as if it did. Such
 * words are moved behind `--`, after which nothing is an option.
 */
import { searchFilterNames } from '../contract/tables/search-filters.ts';

/** A filter turned round, a phrase that is left out, or several words in one argument, of which the first is left out. */
const excluding = new RegExp(`^-(?:(?:${searchFilterNames.join('|')}):|["“”]|[^-\\s]\\S*\\s)`, 'iu');

export function searchArguments(argumentList: readonly string[]): string[] {
  const [command, ...words] = argumentList;
  const isQuery = (word: string) => excluding.test(word);
  if (command !== 'search' || words.includes('--') || !words.some(isQuery)) return [...argumentList];
  return [command, ...words.filter((word) => !isQuery(word)), '--', ...words.filter(isQuery)];
}
