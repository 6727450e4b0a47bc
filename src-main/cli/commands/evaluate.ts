/** `llara eval`: measures retrieval on a test collection in BEIR layout, by the product's own indexing and search. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import {
  type EvaluationMode,
  type EvaluationResult,
  type EvaluationRow,
  evaluationModeSchema,
  evaluationResultSchema,
} from '../../contract/evaluation.ts';
import { addCommand } from '../add-command.ts';
import { type CommandContext, type RunCommand, type SharedOptions, withEngine } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../output/exit-codes.ts';
import { followJob } from '../output/follow-job.ts';
import { JobProgressBar } from '../output/job-progress.ts';
import { durationSeconds, seedNumber, wholeNumber } from '../parse-option.ts';

type EvaluateOptions = SharedOptions & {
  mode: EvaluationMode;
  k: number;
  adapt?: boolean;
  budget?: number;
  seed: number;
  model?: string;
};

export function addEvaluateCommand(program: Command, run: RunCommand): void {
  addCommand(
    program,
    'eval <directory>',
    'measure retrieval on a folder with corpus.jsonl, queries.jsonl, qrels.tsv',
  )
    .addOption(
      new Option('-m, --mode <mode>', 'how to search')
        .choices(evaluationModeSchema.options)
        .default('hybrid'),
    )
    .option('-k, --k <documents>', 'documents to fetch per query', wholeNumber(10, 1000), 100)
    .option('--adapt', 'adapt to the documents first, and report before and after')
    .option('--budget <time>', 'time for --adapt, such as 10m', durationSeconds)
    .option('--seed <number>', 'seed of everything random in --adapt', seedNumber, 1)
    .option('--model <gguf>', 'encoder to use in place of the active one')
    .action((directory: string, options: EvaluateOptions) =>
      run(options, (context) => evaluate(context, directory, options)),
    );
}

async function evaluate(
  context: CommandContext,
  directory: string,
  options: EvaluateOptions,
): Promise<ExitCode> {
  const { terminal, json, signal } = context;
  return await withEngine(context, async (client) => {
    const bar = new JobProgressBar(terminal);
    try {
      const request = {
        directory: resolve(directory),
        mode: options.mode,
        k: options.k,
        adapt: options.adapt ?? false,
        budgetSeconds: options.budget,
        seed: options.seed,
        model: options.model === undefined ? undefined : resolve(options.model),
      };
      const job = await followJob(client, () => client.evaluation.run(request), {
        onJob: bar.show,
        onTraining: (point) => {
          bar.suffix = `loss ${point.loss.toFixed(3)}`;
        },
        signal,
      });
      bar.stop();
      const result = evaluationResultSchema.parse(job.result);
      // Made for programs, so a pipe gets JSON without asking.
      if (json || !terminal.isOutputTerminal) terminal.printJson(result);
      else terminal.print(formatResult(result));
      return exitCodes.success;
    } finally {
      bar.stop();
    }
  });
}

function formatResult(result: EvaluationResult): string {
  const rows = 'before' in result ? [result.before, result.after].flat() : [result].flat();
  const header = [
    'collection',
    'mode',
    'encoder',
    'adapter',
    'nDCG@10',
    'MRR@10',
    'recall@100',
    'p50 ms',
    'p95 ms',
    'index s',
  ];
  const table = [header, ...rows.map(cells)];
  const widths = header.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cells(row: EvaluationRow): string[] {
  return [
    row.collection,
    row.mode,
    row.encoder ?? '–',
    row.adapter ?? '–',
    row.ndcg10.toFixed(4),
    row.mrr10.toFixed(4),
    row.recall100.toFixed(4),
    row.p50_ms.toFixed(1),
    row.p95_ms.toFixed(1),
    row.index_seconds.toFixed(1),
  ];
}
