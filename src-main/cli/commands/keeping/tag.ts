/** `llara tag`: a person's own tags on documents. They are kept in the library; no file is written to. */
import type { Command } from 'commander';
import { AppError } from '../../../common/app-error.ts';
import { isSameTag } from '../../../contract/documents/same-tag.ts';
import type { TagCount } from '../../../contract/documents/tags.ts';
import type { Document } from '../../../contract/libraries.ts';
import { addCommand } from '../../add-command.ts';
import {
  type CommandContext,
  type RunCommand,
  type SharedOptions,
  withEngine,
} from '../../command-context.ts';
import type { EngineClient } from '../../connect-engine.ts';
import { findDocument } from '../../find-document.ts';
import { type ExitCode, exitCodes } from '../../output/exit-codes.ts';
import type { Terminal } from '../../output/terminal.ts';
import { printable } from '../../results/printable.ts';

type TagOptions = SharedOptions & { add: string[]; remove: string[] };

export function addTagCommand(program: Command, run: RunCommand): void {
  const also = (tag: string, before: string[]) => [...before, tag];
  addCommand(
    program,
    'tag [path...]',
    'give documents tags of your own, or show them; without a path, all tags of the library',
  )
    .option('--add <tag>', 'give this tag, such as work or tax/2024; may be repeated', also, [])
    .option('--remove <tag>', 'take this tag away; may be repeated', also, [])
    .action((paths: string[], options: TagOptions) =>
      run(options, (context) =>
        paths.length > 0 ? tagDocuments(context, paths, options) : listTags(context, options),
      ),
    );
}

async function tagDocuments(
  context: CommandContext,
  paths: readonly string[],
  { add, remove }: TagOptions,
): Promise<ExitCode> {
  const { terminal, library, json, signal } = context;
  return await withEngine(context, async (client) => {
    const found = [];
    for (const path of paths) found.push(await findDocument(client, library, path));
    const documents =
      add.length + remove.length === 0
        ? found
        : await change(client, { library, add, remove }, found, signal);
    if (json) terminal.printJson({ library, documents });
    else {
      for (const document of documents) terminal.print(describe(document, terminal));
      for (const tag of remove) {
        const stating = documents.filter(({ facts }) =>
          facts?.tags.some((stated) => isSameTag(stated, tag.replace(/^#/, ''))),
        );
        for (const { path } of stating)
          terminal.note(`${printable(path)} states "${tag}" itself; Llara changes no file.`);
      }
    }
    return exitCodes.success;
  });
}

/** As many at a time as one call takes. */
const perCall = 1000;

async function change(
  client: EngineClient,
  tags: { library: string; add: string[]; remove: string[] },
  found: readonly Document[],
  signal: AbortSignal,
): Promise<Document[]> {
  const ids = [...new Set(found.map(({ id }) => id))];
  const changed = [];
  for (let first = 0; first < ids.length; first += perCall)
    changed.push(
      ...(await client.documents.tag(
        { ...tags, documentIds: ids.slice(first, first + perCall) },
        { signal },
      )),
    );
  return changed;
}

async function listTags(context: CommandContext, { add, remove }: TagOptions): Promise<ExitCode> {
  const { terminal, library, json, signal } = context;
  if (add.length + remove.length > 0)
    throw new AppError('bad-request', 'Name the documents: llara tag PATH... --add TAG');
  return await withEngine(context, async (client) => {
    const tags = await client.documents.tags({ library }, { signal });
    if (json) terminal.printJson({ library, tags });
    else
      terminal.print(
        tags.map((tag) => countInWords(tag, terminal)).join('\n') ||
          'No document carries a tag yet. Give one: llara tag PATH --add TAG',
      );
    return exitCodes.success;
  });
}

function describe({ path, tags = [], facts }: Document, terminal: Terminal): string {
  const stated = (facts?.tags ?? []).filter((tag) => !tags.some((own) => isSameTag(own, tag)));
  const parts = [
    ...(tags.length > 0 ? [tags.join(', ')] : []),
    ...(stated.length > 0
      ? [terminal.style('dim', `stated in the file: ${printable(stated.join(', '))}`)]
      : []),
  ];
  return `${printable(path)}: ${parts.join('; ') || 'no tags'}`;
}

function countInWords({ tag, documents, given }: TagCount, terminal: Terminal): string {
  const count = `${documents} ${documents === 1 ? 'document' : 'documents'}`;
  const stated = given === documents ? '' : given === 0 ? ', stated in the files' : `, ${given} by you`;
  return `${printable(tag)}  ${terminal.style('dim', `${count}${stated}`)}`;
}
