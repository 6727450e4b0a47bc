/** How a command ends, for scripts. The numbers are documented in `llara --help` and never change their meaning. */
import type { ErrorCode } from '../../contract/error-codes.ts';

export const exitCodes = {
  success: 0,
  failure: 1,
  usage: 2,
  nothingFound: 3,
  locked: 4,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What they mean, for the help and the manual page. */
export const exitCodeFacts: readonly (readonly [ExitCode, string])[] = [
  [exitCodes.success, 'done'],
  [exitCodes.failure, 'failed; the message says why'],
  [exitCodes.usage, 'the command line was not understood'],
  [exitCodes.nothingFound, 'the search found nothing'],
  [exitCodes.locked, 'the library is in use by another process that cannot be talked to'],
  [
    exitCodes.interrupted,
    'interrupted with Ctrl-C; the library is consistent, and the next index run goes on',
  ],
  [exitCodes.terminated, 'terminated in the same way'],
];

export const environmentFacts: readonly (readonly [string, string])[] = [
  ['LLARA_HOME', "folder of all data, in place of the platform's data folder"],
  ['NO_COLOR', 'no colours'],
];

export const exitCodesHelp = `
Exit codes:
${exitCodeFacts.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`).join('\n')}

Environment:
${environmentFacts.map(([name, meaning]) => `  ${name.padEnd(10)}  ${meaning}`).join('\n')}`;

export function exitCodeOf(code: ErrorCode | null): ExitCode {
  if (code === 'bad-request') return exitCodes.usage;
  if (code === 'library-locked') return exitCodes.locked;
  return exitCodes.failure;
}
