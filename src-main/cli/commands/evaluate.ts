/** `llara eval`: measures retrieval on a test collection or on a folder with questions, by the product's own indexing and search. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { AdaptationMethod } from '../../contract/adaptation.ts';
import {
  type EvaluationMode,
  evaluationModeSchema,
  evaluationResultSchema,
} from '../../contract/evaluation.ts';
import { adaptationMethods } from '../../contract/tables/adaptation-methods.ts';
import { addCommand } from '../add-command.ts';
import { type CommandContext, type RunCommand, type SharedOptions, withEngine } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../output/exit-codes.ts';
import { followJob } from '../output/follow-job.ts';
import { formatEvaluation } from '../output/format-evaluation.ts';
import { JobProgressBar } from '../output/job-progress.ts';
import { durationSeconds, seedNumber, wholeNumber } from '../parse-option.ts';

type EvaluateOptions = SharedOptions & {
  mode: EvaluationMode;
  k: number;
  adapt?: boolean;
  budget?: number;
  method: AdaptationMethod;
  seed: number;
  model?: string;
  reranker?: string;
};

export function addEvaluateCommand(program: Command, run: RunCommand): void {
  addCommand(
    program,
    'eval <directory>',
    'measure retrieval on a folder with corpus.jsonl, queries.jsonl, qrels.tsv, or with files/ and questions.json',
  )
    .addOption(
      new Option('-m, --mode <mode>', 'how to search')
        .choices(evaluationModeSchema.options)
        .default('hybrid'),
    )
    .option('-k, --k <documents>', 'documents to fetch per query', wholeNumber(10, 1000), 100)
    .option('--adapt', 'adapt to the documents first, and report before and after')
    .option('--budget <time>', 'time for --adapt, such as 10m', durationSeconds)
    .addOption(
      new Option('--method <method>', 'how --adapt learns; "llara adapt --help" explains it')
        .choices(adaptationMethods)
        .default('auto'),
    )
    .option('--seed <number>', 'seed of everything random in --adapt', seedNumber, 1)
    .option('--model <gguf>', 'encoder to use in place of the active one')
    .option('--reranker <gguf>', 'reranker that reads the first passages of hybrid search')
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
        method: options.method,
        seed: options.seed,
        model: options.model === undefined ? undefined : resolve(options.model),
        reranker: options.reranker === undefined ? undefined : resolve(options.reranker),
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
      if (json) terminal.printJson(result);
      else terminal.print(formatEvaluation(result));
      return exitCodes.success;
    } finally {
      bar.stop();
    }
  });
}
