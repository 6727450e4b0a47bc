/** Wherever filters are explained, it is by the one table: nothing is left out, and nothing is promised that is not there. */
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addSearchCommand } from '../../../src-main/cli/commands/finding/search.ts';
import {
  filterExample,
  filterFacts,
  searchFilterNames,
} from '../../../src-main/contract/tables/search-filters.ts';
import { parseQuery } from '../../../src-main/search/query-syntax.ts';
import { strings } from '../../../src-renderer/strings.ts';

/** What `llara search --help` says below its options. */
function commandHelp(): string {
  const program = new Command();
  addSearchCommand(program, async () => {});
  let text = '';
  const [command] = program.commands;
  command!.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command!.outputHelp();
  return text;
}

describe.each(searchFilterNames)('%s:', (name) => {
  const { examples, help } = filterFacts(name);

  it('understands its own examples', () => {
    for (const example of examples) {
      const { notices, text, condition, libraries } = parseQuery(`${name}:${example} lease`);
      expect({ notices, text }, example).toEqual({ notices: [], text: 'lease' });
      expect([...('of' in condition ? [condition.of].flat() : []), ...libraries.included]).not.toEqual([]);
    }
  });

  it("is in the command's help and on the page", () => {
    expect(commandHelp().replaceAll(/\s+/g, ' ')).toContain(`${filterExample(name)} ${help}`);
    expect(strings.search.filterHelp[name]).toBe(help);
  });
});
