/** `llara read`: prints what a document of the library says, whole or one page of it. */
import type { Command } from 'commander';
import { AppError } from '../../../common/app-error.ts';
import { parseDocumentLink } from '../../../common/links/document-link.ts';
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
import { printable } from '../../results/printable.ts';

type ReadOptions = SharedOptions & { page?: number };

export function addReadCommand(program: Command, run: RunCommand): void {
  addCommand(
    program,
    'read <path>',
    'print the text of a document of the library, named by its path or a llara:// link',
  )
    .option('--page <number>', 'only this page', wholeNumber(1, 1_000_000))
    .action((path: string, options: ReadOptions) => run(options, (context) => read(context, path, options)));
}

async function read(context: CommandContext, path: string, options: ReadOptions): Promise<ExitCode> {
  const { terminal, json, signal } = context;
  return await withEngine(context, async (client) => {
    const link = parseDocumentLink(path);
    const library = link?.library ?? context.library;
    const documentId = link?.documentId ?? (await findDocument(client, library, path)).id;
    const content = await client.documents.text({ library, documentId }, { signal });
    const { state, reason } = content.document;
    if (content.text === '' && state !== 'indexed')
      throw new AppError(
        'path-not-readable',
        `No text was read from ${content.document.path}. ${reason ?? ''}`.trim(),
      );
    const page = options.page ?? link?.page ?? null;
    const span = content.pages.find((candidate) => candidate.page === page);
    if (page !== null && !span) {
      const pages = content.document.pageCount ?? content.pages.length;
      const reason =
        content.pages.length === 0 ? 'has no pages' : `has ${pages} pages, some perhaps without text`;
      throw new AppError(
        'not-found',
        `${content.document.path} ${reason}; there is no page ${page} to read.`,
      );
    }
    const text = span ? content.text.slice(span.start, span.end) : content.text;
    if (content.changedAt !== null)
      terminal.note('The file was changed after it was read; this is what it said then.');
    if (json) terminal.printJson({ document: content.document, page, text });
    else terminal.print(terminal.isOutputTerminal ? printable(text.trimEnd()) : text.trimEnd());
    return exitCodes.success;
  });
}
