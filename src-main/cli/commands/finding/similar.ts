/** `llara similar`: documents that resemble one, by meaning. */
import type { Command } from 'commander';
import { addCommand } from '../../add-command.ts';
import {
  type CommandContext,
  type RunCommand,
  type SharedOptions,
  withEngine,
} from '../../command-context.ts';
import { findDocument } from '../../find-document.ts';
import { type ExitCode, exitCodes } from '../../output/exit-codes.ts';
import { wholeNumber } from '../../parse-option.ts';
import { formatGroups } from '../../results/format-text.ts';

type SimilarOptions = SharedOptions & { limit: number };

export function addSimilarCommand(program: Command, run: RunCommand): void {
  addCommand(program, 'similar <path>', 'find documents that resemble this one')
    .option('-n, --limit <documents>', 'documents to show', wholeNumber(1, 100), 10)
    .action((path: string, options: SimilarOptions) =>
      run(options, (context) => similar(context, path, options)),
    );
}

async function similar(context: CommandContext, path: string, { limit }: SimilarOptions): Promise<ExitCode> {
  const { terminal, library, json, signal } = context;
  return await withEngine(context, async (client) => {
    const document = await findDocument(client, library, path);
    const { groups, notices } = await client.search.similar(
      { library, documentId: document.id, limit },
      { signal },
    );
    if (json) terminal.printJson({ library, path: document.path, groups, notices });
    else {
      for (const notice of notices) terminal.note(notice);
      terminal.print(
        formatGroups(groups, { explain: false, full: false, terminal }) || 'Nothing resembles it.',
      );
    }
    return groups.length > 0 ? exitCodes.success : exitCodes.nothingFound;
  });
}
