/** The rows of filters in docs/guide/search.md, from the table of filters. */
import { filterFacts, searchFilterNames } from '../../src-main/contract/tables/search-filters.ts';

export function filterRows(): string {
  const rows = searchFilterNames.map((name) => {
    const { examples, help } = filterFacts(name);
    return `| ${examples.map((example) => `\`${name}:${example}\``).join(', ')} | ${help} |`;
  });
  return ['| | |', '| --- | --- |', ...rows].join('\n');
}
