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

export const exitCodesHelp = `
Exit codes:
    0  done
    1  failed; the message says why
    2  the command line was not understood
    3  the search found nothing
    4  the library is in use by another process that cannot be talked to
  130  interrupted with Ctrl-C; the library is consistent, and the next index run goes on
  143  terminated in the same way

Environment:
  LLARA_HOME  folder of all data, in place of the platform's data folder
  NO_COLOR    no colours`;

export function exitCodeOf(code: ErrorCode | null): ExitCode {
  if (code === 'bad-request') return exitCodes.usage;
  if (code === 'library-locked') return exitCodes.locked;
  return exitCodes.failure;
}
