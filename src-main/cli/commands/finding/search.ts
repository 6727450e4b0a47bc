/** `llara search`: one question or several, their answers by document, in the notation that is asked for. */
import { createInterface } from 'node:readline';
import { type Command, Option } from 'commander';
import { AppError } from '../../../common/app-error.ts';
import type { SearchMode, SearchResponse } from '../../../contract/search.ts';
import { searchModeSchema } from '../../../contract/search.ts';
import { filterExample, filterFacts, searchFilterNames } from '../../../contract/tables/search-filters.ts';
import { addCommand } from '../../add-command.ts';
import {
  type CommandContext,
  type RunCommand,
  type SharedOptions,
  withEngine,
} from '../../command-context.ts';
import type { EngineClient } from '../../connect-engine.ts';
import { type ExitCode, exitCodes } from '../../output/exit-codes.ts';
import { wholeNumber } from '../../parse-option.ts';
import { certainGroups } from '../../results/certain-groups.ts';
import { type RowFormat, rowFormats } from '../../results/format-rows.ts';
import { formatText } from '../../results/format-text.ts';
import { rememberSearch } from '../../results/last-search.ts';
import { resultRows } from '../../results/result-rows.ts';

const formats = ['text', 'json', ...(Object.keys(rowFormats) as RowFormat[])] as const;

type SearchOptions = SharedOptions & {
  mode: SearchMode;
  limit: number;
  passages: number;
  explain?: boolean;
  format: (typeof formats)[number];
  full?: boolean;
  lines?: number;
  confident?: boolean;
  /** False by --no-rerank. */
  rerank: boolean;
};

type Answer = { query: string; response: SearchResponse };

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
  addCommand(
    program,
    'search <query...>',
    'find passages by meaning and by words; - reads questions from standard input, one a line',
  )
    .addOption(
      new Option('-m, --mode <mode>', 'how to search').choices(searchModeSchema.options).default('hybrid'),
    )
    .option('-n, --limit <documents>', 'documents to show', wholeNumber(1, 1000), 10)
    .option('-p, --passages <count>', 'passages to show of each document', wholeNumber(1, 20), 3)
    .addOption(new Option('-f, --format <format>', 'how to print').choices(formats).default('text'))
    .option('--full', 'show whole passages')
    .option('--lines <count>', 'show passages as they stand, at most so many lines', wholeNumber(1, 1000))
    .option('--confident', 'show what is likely to answer and nothing else; exit code 3 where nothing is')
    .option('--no-rerank', 'leave out the reranker of the settings')
    .option('-e, --explain', 'show ranks, scores and the time each stage took')
    .addHelpText('after', syntaxHelp)
    .action((words: string[], options: SearchOptions) =>
      run({ ...options, json: options.json || options.format === 'json' }, (context) =>
        search(context, words.join(' '), options),
      ),
    );
}

async function search(context: CommandContext, query: string, options: SearchOptions): Promise<ExitCode> {
  const { home, library, signal } = context;
  const isFromInput = query === '-';
  const queries = isFromInput ? await queriesOfInput(signal) : [query];
  const { mode, limit, passages, rerank } = options;
  const work = async (client: EngineClient) => {
    const answers: Answer[] = [];
    for (const query of queries) {
      const response = await client.search.query(
        { library, query, mode, limit, passagesPerDocument: passages, ...(rerank ? {} : { rerank }) },
        { signal },
      );
      answers.push({
        query,
        response: options.confident ? { ...response, groups: certainGroups(response) } : response,
      });
    }
    print(context, answers, options, isFromInput);
    const last = answers.findLast(({ response }) => response.groups.length > 0);
    if (!last) return exitCodes.nothingFound;
    await rememberSearch(home, last.query, last.response);
    return exitCodes.success;
  };
  return await withEngine(context, work, { wordsOnly: mode === 'lexical' });
}

function print(
  { terminal, library, json }: CommandContext,
  answers: readonly Answer[],
  { explain = false, full = false, lines, format }: SearchOptions,
  isFromInput: boolean,
): void {
  if (json) {
    const objects = answers.map(({ query, response }) => ({ query, ...response }));
    terminal.printJson(isFromInput ? { answers: objects } : objects[0]);
    return;
  }
  for (const notice of new Set(answers.flatMap(({ response }) => response.notices))) terminal.note(notice);
  if (format === 'text' || format === 'json') {
    for (const { query, response } of answers) {
      if (isFromInput) terminal.print(`${terminal.style('bold', `? ${query}`)}\n`);
      terminal.print(formatText(response, { explain, full, lines, terminal }));
      if (isFromInput) terminal.print();
    }
    return;
  }
  const rows = answers.flatMap(({ query, response }) =>
    resultRows(query, response, { library, full, lines }),
  );
  const text = rowFormats[format](rows);
  if (text !== '') terminal.print(text);
}

/** Throws `bad-request` where the input holds no question. */
async function queriesOfInput(signal: AbortSignal): Promise<string[]> {
  const queries: string[] = [];
  for await (const line of createInterface({ input: process.stdin, signal })) {
    if (line.trim() !== '') queries.push(line.trim());
  }
  signal.throwIfAborted();
  if (queries.length > 0) return queries;
  throw new AppError('bad-request', 'Standard input holds no question. It takes one a line.');
}
