/** `llara adapt`: trains the encoder on the library's own documents, after saying what that takes, and reports whether it helped. */
import { type Command, Option } from 'commander';
import { AppError } from '../../common/app-error.ts';
import type { AdaptationMethod } from '../../contract/adaptation.ts';
import { adaptationMethods } from '../../contract/tables/adaptation-methods.ts';
import { addCommand } from '../add-command.ts';
import { type CommandContext, type RunCommand, type SharedOptions, withEngine } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../output/exit-codes.ts';
import { followJob } from '../output/follow-job.ts';
import { formatPlan, formatPoint, formatVerdict } from '../output/format-adaptation.ts';
import { JobProgressBar } from '../output/job-progress.ts';
import { durationSeconds, seedNumber, wholeNumber } from '../parse-option.ts';

type AdaptOptions = SharedOptions & {
  budget: number;
  method: AdaptationMethod;
  rank?: number;
  device?: string;
  threads?: number;
  seed: number;
  plan?: boolean;
};

export function addAdaptCommand(program: Command, run: RunCommand): void {
  addCommand(program, 'adapt', 'let the encoder learn the documents of the library')
    .option('--budget <time>', 'time to train, such as 10m', durationSeconds, 600)
    .addOption(
      new Option(
        '--method <method>',
        'how it learns: contrastive (to tell passages that answer from others), llara (to name what a passage says and what follows it), llara+contrastive (one after the other), or auto (the latter for a plain language model, contrastive for an encoder)',
      )
        .choices(adaptationMethods)
        .default('auto'),
    )
    .option('--rank <number>', 'size of the adapter', wholeNumber(1, 256))
    .option('--device <name>', 'device to train on; "llara devices" lists them')
    .option('--threads <number>', 'processor threads to use', wholeNumber(1, 1024))
    .option('--seed <number>', 'seed of everything random', seedNumber, 1)
    .option('--plan', 'only say what a run would read, take and need')
    .action((options: AdaptOptions) => run(options, (context) => adapt(context, options)));
}

async function adapt(context: CommandContext, options: AdaptOptions): Promise<ExitCode> {
  const { terminal, library, json, signal } = context;
  const { budget, method, rank, device, threads, seed } = options;
  const request = { library, budgetSeconds: budget, method, rank, device, threads, seed };
  return await withEngine(context, async (client) => {
    const plan = await client.adaptation.plan(request, { signal });
    if (!json) terminal.print(formatPlan(plan));
    if (options.plan && json) terminal.printJson({ plan });
    if (options.plan) return plan.refusal === null ? exitCodes.success : exitCodes.failure;
    if (plan.refusal !== null) throw new AppError('not-supported', plan.refusal);

    const before = new Set((await client.adaptation.adapters({ library })).map(({ id }) => id));
    const bar = new JobProgressBar(terminal);
    try {
      await followJob(client, () => client.adaptation.start(request), {
        onJob: bar.show,
        onTraining: (point) => {
          bar.suffix = formatPoint(point);
        },
        signal,
      });
    } finally {
      bar.stop();
    }
    const adapter = (await client.adaptation.adapters({ library })).find(({ id }) => !before.has(id));
    if (!adapter)
      throw new AppError(
        'internal',
        'The training ended without an adapter; see the job with "llara status".',
      );
    if (json) terminal.printJson({ plan, adapter });
    else terminal.print(formatVerdict(adapter));
    return exitCodes.success;
  });
}
