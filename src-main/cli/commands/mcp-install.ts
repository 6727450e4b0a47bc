/** `llara mcp install`: shows the entry and its file, asks where there is somebody to ask, and writes. */
import { mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { AppError } from '../../common/app-error.ts';
import { replaceFile } from '../../common/replace-file.ts';
import { type AssistantName, assistantProgram, type UserPlace } from '../assistants/assistant-programs.ts';
import { editConfiguration, entryAlone } from '../assistants/edit-configuration.ts';
import { startCommand } from '../assistants/start-command.ts';
import type { CommandContext } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../output/exit-codes.ts';

export type InstallOptions = {
  client: AssistantName;
  allowWriting?: boolean;
  print?: boolean;
  remove?: boolean;
  yes?: boolean;
};

const entryName = 'llara';

export async function installIntoAssistant(
  { terminal, json, library, signal }: CommandContext,
  { client, allowWriting = false, print = false, remove = false, yes = false }: InstallOptions,
): Promise<ExitCode> {
  const program = assistantProgram(client);
  const place: UserPlace = { platform: process.platform, home: homedir(), environment: process.env };
  const path = followLinks(program.file(place));
  const entry = program.entry(startCommand(library, { allowWriting }));
  const edit = { notation: program.notation, section: program.section, name: entryName };
  const shown = entryAlone({ ...edit, entry }).trimEnd();
  const report = (changed: boolean) => {
    if (json) terminal.printJson({ client, path, entry: remove ? null : entry, changed });
  };
  if (print) {
    report(false);
    if (!json) terminal.print(`${program.title} keeps this in ${path}:\n\n${shown}`);
    return exitCodes.success;
  }
  const before = read(path);
  const after = editConfiguration(before ?? '', { ...edit, entry: remove ? null : entry, path });
  if (after === (before ?? '')) {
    report(false);
    if (!json) terminal.print(remove ? `${path} holds no Llara.` : `${path} holds this entry already.`);
    return exitCodes.success;
  }
  if (!json)
    terminal.print(
      remove ? `Takes the entry "${entryName}" out of ${path}.` : `Writes into ${path}:\n\n${shown}\n`,
    );
  if (!yes && !json && !(await agrees(terminal.isOutputTerminal, signal))) {
    terminal.print('Nothing was written.');
    return exitCodes.failure;
  }
  await write(path, after);
  report(true);
  if (!json)
    terminal.print(`${remove ? 'Removed' : 'Written'}. ${program.title} sees it when it is started again.`);
  return exitCodes.success;
}

/** Without a person to ask, the command itself is the word. */
async function agrees(isOutputTerminal: boolean, signal: AbortSignal): Promise<boolean> {
  if (!isOutputTerminal || !process.stdin.isTTY) return true;
  const dialogue = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^(y|yes|)$/i.test((await dialogue.question('Write it? [Y/n] ', { signal })).trim());
  } finally {
    dialogue.close();
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('path-not-readable', `${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

async function write(path: string, text: string): Promise<void> {
  try {
    mkdirSync(dirname(path), { recursive: true });
    await replaceFile(path, text, modeOf(path));
  } catch (cause) {
    throw new AppError('path-not-readable', `${path} cannot be written: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** What others may not read now they may not read afterwards: such files may hold keys. */
const modeOf = (path: string) => (statSync(path, { throwIfNoEntry: false })?.mode ?? 0o600) & 0o777;

/** Some people keep such files elsewhere and link to them; the link stays. */
function followLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path; // Not there yet.
  }
}
