/** `llara adapters`: what training has made, and switching among it in one step. */
import type { Command } from 'commander';
import { AppError } from '../../common/app-error.ts';
import type { Adapter } from '../../contract/adaptation.ts';
import { addCommand } from '../add-command.ts';
import { type CommandContext, type RunCommand, type SharedOptions, withEngine } from '../command-context.ts';
import type { EngineClient } from '../connect-engine.ts';
import { type ExitCode, exitCodes } from '../output/exit-codes.ts';
import { showJob } from '../output/show-job.ts';

export function addAdaptersCommand(program: Command, run: RunCommand): void {
  const adapters = program
    .command('adapters')
    .description('list, choose and remove what "llara adapt" has made');
  addCommand(adapters, 'list', 'show the adapters of the library', { isDefault: true }).action(
    (options: SharedOptions) => run(options, listAdapters),
  );
  addCommand(
    adapters,
    'use <adapter>',
    'switch to an adapter, or with "none" back to the encoder as it came',
  ).action((adapter: string, options: SharedOptions) =>
    run(options, (context) => useAdapter(context, adapter)),
  );
  addCommand(adapters, 'remove <adapter>', 'delete an adapter that is not in use').action(
    (adapter: string, options: SharedOptions) => run(options, (context) => removeAdapter(context, adapter)),
  );
}

async function listAdapters(context: CommandContext): Promise<ExitCode> {
  const { terminal, library, json } = context;
  return await withEngine(context, async (client) => {
    const adapters = await client.adaptation.adapters({ library });
    if (json) terminal.printJson({ library, adapters });
    else
      terminal.print(
        adapters.map(formatAdapter).join('\n') || 'There is no adapter yet. Make one: llara adapt',
      );
    return exitCodes.success;
  });
}

async function useAdapter(context: CommandContext, adapter: string): Promise<ExitCode> {
  const { terminal, library, json } = context;
  return await withEngine(context, async (client) => {
    const adapterId = adapter === 'none' ? null : await findAdapter(client, library, adapter);
    await showJob(context, client, () => client.adaptation.adopt({ library, adapterId }));
    if (json) terminal.printJson({ library, adapter: adapterId });
    else
      terminal.print(
        adapterId === null ? 'Back to the encoder as it came.' : `Adapter ${adapterId} is in use.`,
      );
    return exitCodes.success;
  });
}

async function removeAdapter(context: CommandContext, adapter: string): Promise<ExitCode> {
  const { terminal, library, json } = context;
  return await withEngine(context, async (client) => {
    const adapterId = await findAdapter(client, library, adapter);
    await client.adaptation.remove({ library, adapterId });
    if (json) terminal.printJson({ library, removed: adapterId });
    else terminal.print(`Adapter ${adapterId} is removed.`);
    return exitCodes.success;
  });
}

/** By id or by the beginning of one. */
async function findAdapter(client: EngineClient, library: string, wanted: string): Promise<string> {
  const ids = (await client.adaptation.adapters({ library })).map(({ id }) => id);
  if (ids.includes(wanted)) return wanted;
  const matches = ids.filter((id) => id.startsWith(wanted));
  if (matches.length === 1 && matches[0]) return matches[0];
  const known = ids.join(', ') || 'none';
  const problem =
    matches.length > 1 ? `"${wanted}" is more than one adapter` : `There is no adapter "${wanted}"`;
  throw new AppError('not-found', `${problem}. Known: ${known}.`);
}

function formatAdapter({ id, state, createdAt, verdict, figures, sentence }: Adapter): string {
  const day = new Date(createdAt).toISOString().slice(0, 10);
  const change = `nDCG@10 ${figures.ndcg10Before.toFixed(4)} → ${figures.ndcg10After.toFixed(4)}`;
  return `${state === 'active' ? '*' : ' '} ${id}  ${day}  ${verdict}  ${change}  ${sentence}`;
}
