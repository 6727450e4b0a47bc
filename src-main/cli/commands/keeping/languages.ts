/** `llara languages`: the data by which text of a language is recognised on scans and pictures. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { RecognitionLanguage } from '../../../contract/recognition/recognition.ts';
import { addCommand } from '../../add-command.ts';
import {
  type CommandContext,
  type RunCommand,
  type SharedOptions,
  withEngine,
} from '../../command-context.ts';
import { type ExitCode, exitCodes } from '../../output/exit-codes.ts';
import { showJob } from '../../output/show-job.ts';

export function addLanguagesCommand(program: Command, run: RunCommand): void {
  const languages = program
    .command('languages')
    .description('list, fetch and remove the languages of text recognition');
  addCommand(languages, 'list', 'show what is here and what can be downloaded', { isDefault: true }).action(
    (options: SharedOptions) => run(options, listLanguages),
  );
  addCommand(languages, 'download <code>', 'fetch the data of a language, such as eng').action(
    (code: string, options: SharedOptions) => run(options, (context) => downloadLanguage(context, code)),
  );
  addCommand(languages, 'import <file>', 'copy a file of Tesseract, such as ces.traineddata').action(
    (file: string, options: SharedOptions) => run(options, (context) => importLanguage(context, file)),
  );
  addCommand(languages, 'remove <code>', 'delete the data of a language').action(
    (code: string, options: SharedOptions) => run(options, (context) => removeLanguage(context, code)),
  );
}

async function listLanguages(context: CommandContext): Promise<ExitCode> {
  const { terminal, json } = context;
  return await withEngine(context, async (client) => {
    const languages = await client.recognition.languages();
    if (json) terminal.printJson({ languages });
    else terminal.print(languages.map(formatLanguage).join('\n'));
    return exitCodes.success;
  });
}

async function downloadLanguage(context: CommandContext, code: string): Promise<ExitCode> {
  const { terminal, json } = context;
  return await withEngine(context, async (client) => {
    await showJob(context, client, () => client.recognition.download({ code }));
    if (json) terminal.printJson({ downloaded: code });
    else terminal.print(`${code} is here. To read scans with it: llara recognise`);
    return exitCodes.success;
  });
}

async function importLanguage(context: CommandContext, file: string): Promise<ExitCode> {
  const { terminal, json } = context;
  return await withEngine(context, async (client) => {
    const language = await client.recognition.import({ path: resolve(file) });
    if (json) terminal.printJson(language);
    else terminal.print(`${language.code} is here. To read scans with it: llara recognise`);
    return exitCodes.success;
  });
}

async function removeLanguage(context: CommandContext, code: string): Promise<ExitCode> {
  const { terminal, json } = context;
  return await withEngine(context, async (client) => {
    await client.recognition.remove({ code });
    if (json) terminal.printJson({ removed: code });
    else terminal.print(`${code} is removed. What was read with it stays.`);
    return exitCodes.success;
  });
}

function formatLanguage({ code, name, isInstalled, sizeBytes }: RecognitionLanguage): string {
  const size = `${(sizeBytes / 1e6).toFixed(1)} MB`;
  return `${isInstalled ? '*' : ' '} ${code.padEnd(8)}  ${name}  (${isInstalled ? size : `to download, ${size}`})`;
}
