/** `llara saved`: questions kept under a name, with a count of what is new since one last looked. */
import type { Command } from 'commander';
import type { SavedSearch } from '../../../contract/search.ts';
import { addCommand } from '../../add-command.ts';
import {
  type CommandContext,
  type RunCommand,
  type SharedOptions,
  withEngine,
} from '../../command-context.ts';
import { type ExitCode, exitCodes } from '../../output/exit-codes.ts';
import { formatText } from '../../results/format-text.ts';

export function addSavedCommand(program: Command, run: RunCommand): void {
  const saved = program
    .command('saved')
    .description('keep questions, and see what is new among their answers');
  addCommand(saved, 'list', 'show the saved searches of the library', { isDefault: true }).action(
    (options: SharedOptions) => run(options, listSaved),
  );
  addCommand(saved, 'add <name> <query...>', 'keep a question; one of the same name is replaced').action(
    (name: string, words: string[], options: SharedOptions) =>
      run(options, (context) => addSaved(context, name, words.join(' '))),
  );
  addCommand(saved, 'show <name>', 'ask it, and note that you have seen the answers').action(
    (name: string, options: SharedOptions) => run(options, (context) => showSaved(context, name)),
  );
  addCommand(saved, 'rename <name> <new-name>', 'keep it under another name').action(
    (name: string, newName: string, options: SharedOptions) =>
      run(options, (context) => renameSaved(context, name, newName)),
  );
  addCommand(saved, 'remove <name>', 'keep it no longer').action((name: string, options: SharedOptions) =>
    run(options, (context) => removeSaved(context, name)),
  );
}

async function listSaved(context: CommandContext): Promise<ExitCode> {
  const { terminal, library, json, signal } = context;
  return await withEngine(context, async (client) => {
    const saved = await client.saved.list({ library }, { signal });
    if (json) terminal.printJson({ library, saved });
    else
      terminal.print(
        saved.map(formatSaved).join('\n') ||
          'Nothing is saved yet. Keep a question: llara saved add NAME QUESTION',
      );
    return exitCodes.success;
  });
}

async function addSaved(context: CommandContext, name: string, query: string): Promise<ExitCode> {
  const { terminal, library, json, signal } = context;
  return await withEngine(context, async (client) => {
    const saved = await client.saved.save({ library, name, query }, { signal });
    if (json) terminal.printJson(saved);
    else terminal.print(`Saved: ${saved.name}`);
    return exitCodes.success;
  });
}

async function showSaved(context: CommandContext, name: string): Promise<ExitCode> {
  const { terminal, library, json, signal } = context;
  return await withEngine(context, async (client) => {
    const all = await client.saved.list({ library }, { signal });
    const before = all.find((saved) => saved.name.toLowerCase() === name.toLowerCase());
    // Looking for one that is not there says which there are.
    const { query, mode, ...saved } = before ?? (await client.saved.look({ library, name }));
    const response = await client.search.query({ library, query, mode }, { signal });
    await client.saved.look({ library, name: saved.name });
    const newIds = before?.newDocumentIds ?? [];
    if (json) terminal.printJson({ name, query, newDocumentIds: newIds, ...response });
    else {
      for (const notice of response.notices) terminal.note(notice);
      terminal.print(formatText(response, { explain: false, full: false, terminal }));
      const titles = response.groups
        .filter(({ document }) => newIds.includes(document.id))
        .map(({ document }) => document.title || document.relativePath);
      if (titles.length > 0) terminal.print(`New since you last looked: ${titles.join(', ')}`);
    }
    return response.groups.length > 0 ? exitCodes.success : exitCodes.nothingFound;
  });
}

async function renameSaved(context: CommandContext, name: string, newName: string): Promise<ExitCode> {
  const { terminal, library, json } = context;
  return await withEngine(context, async (client) => {
    const saved = await client.saved.rename({ library, name, newName });
    if (json) terminal.printJson(saved);
    else terminal.print(`${name} is called ${saved.name} now.`);
    return exitCodes.success;
  });
}

async function removeSaved(context: CommandContext, name: string): Promise<ExitCode> {
  const { terminal, library, json } = context;
  return await withEngine(context, async (client) => {
    await client.saved.remove({ library, name });
    if (json) terminal.printJson({ library, removed: name });
    else terminal.print(`Removed: ${name}`);
    return exitCodes.success;
  });
}

function formatSaved({ name, query, newDocumentIds }: SavedSearch): string {
  const count = newDocumentIds.length;
  return `${name}  ${query}${count > 0 ? `  (${count} new)` : ''}`;
}
