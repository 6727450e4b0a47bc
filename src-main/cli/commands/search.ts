/** `llara search`: one question, its answers by document, and on request why each was found. */
import { type Command, Option } from 'commander';
import type { SearchMode } from '../../contract/search.ts';
import { searchModeSchema } from '../../contract/search.ts';
import { filterExample, filterFacts, searchFilterNames } from '../../contract/tables/search-filters.ts';
import { addCommand } from '../add-command.ts';
import { type CommandContext, type RunCommand, type SharedOptions, withEngine } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../output/exit-codes.ts';
import { formatSearchResponse } from '../output/format-search-response.ts';
import { wholeNumber } from '../parse-option.ts';

type SearchOptions = SharedOptions & { mode: SearchMode; limit: number; passages: number; explain?: boolean };

const syntaxHelp = `
Inside the query:
${[
  ['"exact phrase"', 'passages that hold it word for word'],
  ['-without', 'passages without the word'],
  ['"one" OR "other"', 'either of two neighbours; (parentheses) make one of several'],
  ...searchFilterNames.map((name) => [filterExample(name), filterFacts(name).help] as const),
]
  .map(([typed, meaning]) => `  ${typed!.padEnd(20)} ${meaning}`)
  .join('\n')}
A - before a filter turns it round.`;

export function addSearchCommand(program: Command, run: RunCommand): void {
  addCommand(program, 'search <query...>', 'find passages by meaning and by words')
    .addOption(
      new Option('-m, --mode <mode>', 'how to search').choices(searchModeSchema.options).default('hybrid'),
    )
    .option('-n, --limit <documents>', 'documents to show', wholeNumber(1, 1000), 10)
    .option('-p, --passages <count>', 'passages to show of each document', wholeNumber(1, 20), 3)
    .option('-e, --explain', 'show ranks, scores and the time each stage took')
    .addHelpText('after', syntaxHelp)
    .action((words: string[], options: SearchOptions) =>
      run(options, (context) => search(context, words.join(' '), options)),
    );
}

async function search(context: CommandContext, query: string, options: SearchOptions): Promise<ExitCode> {
  const { terminal, library, json, signal } = context;
  return await withEngine(context, async (client) => {
    const { mode, limit, passages } = options;
    const response = await client.search.query(
      { library, query, mode, limit, passagesPerDocument: passages },
      { signal },
    );
    if (json) terminal.printJson({ query, ...response });
    else {
      for (const notice of response.notices) terminal.note(notice);
      terminal.print(formatSearchResponse(response, { explain: options.explain ?? false, terminal }));
    }
    return response.groups.length > 0 ? exitCodes.success : exitCodes.nothingFound;
  });
}
