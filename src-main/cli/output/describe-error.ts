/** Reads a code and a sentence out of whatever a command threw, be it from this process or from a running engine. */
import { ORPCError } from '@orpc/client';
import { AppError } from '../../common/app-error.ts';
import { type ErrorCode, errorCodeSchema } from '../../contract/error-codes.ts';

export type DescribedError = { code: ErrorCode | null; message: string };

export function describeError(error: unknown): DescribedError {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  if (error instanceof ORPCError) {
    const code = errorCodeSchema.safeParse((error.data as { code?: unknown } | undefined)?.code);
    if (code.success) return { code: code.data, message: error.message };
    if (error.status === 400)
      return { code: 'bad-request', message: `${error.message}${issuesOf(error.data)}` };
    return { code: null, message: error.message };
  }
  if (isConnectionLoss(error)) {
    return {
      code: 'engine-gone',
      message: 'The running engine stopped answering. Start it again, or repeat the command.',
    };
  }
  return { code: null, message: error instanceof Error ? error.message : String(error) };
}

/** The fields that broke the contract, named. */
function issuesOf(data: unknown): string {
  const issues = (data as { issues?: { path?: unknown[]; message?: string }[] } | undefined)?.issues ?? [];
  return issues.map(({ path, message }) => `; ${(path ?? []).join('.')}: ${message}`).join('');
}

/** How `fetch` reports a connection that ended or was never made. */
function isConnectionLoss(error: unknown): boolean {
  return error instanceof TypeError && /fetch failed|terminated|network/i.test(error.message);
}
