/** Reads the command line, runs one command, and turns whatever happened into an exit code. */
import { CommanderError } from 'commander';
import type { ErrorCode } from '../contract/error-codes.ts';
import type { CommandContext, RunCommand, SharedOptions } from './command-context.ts';
import { createProgram } from './create-program.ts';
import { Interruption } from './interruption.ts';
import { describeError } from './output/describe-error.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './output/exit-codes.ts';
import type { Terminal } from './output/terminal.ts';
import { searchArguments } from './search-arguments.ts';

export type CommandLineOptions = { terminal: Terminal; home: string };

/** Never throws; `argumentList` is without the program's name. */
export async function runCommandLine(
  argumentList: readonly string[],
  { terminal, home }: CommandLineOptions,
): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.success;
  const run: RunCommand = async (options, body) => {
    exitCode = await runCommand({ terminal, home }, options, body);
  };
  try {
    await createProgram(terminal, run).parseAsync(searchArguments(argumentList), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      terminal.note(`llara: ${describeError(error).message}`);
      return exitCodes.failure;
    }
    if (error.exitCode === 0) return exitCodes.success;
    // The words for a person were printed by commander already; a script that asked for an object still gets one.
    if (argumentList.includes('--json')) terminal.printJson({ error: usageError(error) });
    return exitCodes.usage;
  }
  return exitCode;
}

const usageError = ({ message }: CommanderError): { code: ErrorCode; message: string } => ({
  code: 'bad-request',
  message: message.replace(/^error: /, ''),
});

async function runCommand(
  { terminal, home }: CommandLineOptions,
  { library, json = false }: SharedOptions,
  body: (context: CommandContext) => Promise<ExitCode>,
): Promise<ExitCode> {
  const interruption = new Interruption(terminal);
  try {
    return await body({ terminal, home, library, json, signal: interruption.signal });
  } catch (error) {
    const described = describeError(error);
    const interrupted = interruption.exitCode;
    const message =
      interrupted === null
        ? described.message
        : 'Interrupted. The library is consistent; the next run goes on.';
    if (json)
      terminal.printJson({ error: { code: interrupted === null ? described.code : 'cancelled', message } });
    terminal.note(`llara: ${message}`);
    return interrupted ?? exitCodeOf(described.code);
  } finally {
    interruption.dispose();
  }
}
