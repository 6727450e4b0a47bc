/** `llara similar`: documents that resemble one, by meaning. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../../../common/app-error.ts';
import type { Document } from '../../../contract/libraries.ts';
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
import { isMeant, pathsMeant } from '../../path-as-typed.ts';
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

/** A file by its path; a document inside a file, or one of another machine, by the path that a search shows. */
async function findDocument(client: EngineClient, library: string, path: string): Promise<Document> {
  const meant = pathsMeant(path);
  for (const pathContains of meant) {
    const { documents } = await client.documents.list({ library, pathContains, limit: 1000 });
    const document = documents.find((candidate) => isMeant(candidate.path, meant));
    if (document) return document;
  }
  throw new AppError(
    'not-found',
    `${resolve(path)} is no document of the library "${library}". Add its folder with: llara index FOLDER`,
  );
}
