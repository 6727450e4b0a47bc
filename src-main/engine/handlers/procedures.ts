/** The contract's procedures, ready to be given handlers, with our errors translated into the contract's typed one. */
import { implement, ORPCError } from '@orpc/server';
import { AppError } from '../../common/app-error.ts';
import { logStage } from '../../common/log-stage.ts';
import { contract } from '../../contract/contract.ts';
import { describeFailure } from '../jobs/describe-failure.ts';

export const procedures = implement(contract).use(async ({ next, path }) => {
  const startedAtMs = performance.now();
  try {
    return await next();
  } catch (error) {
    throw translated(error);
  } finally {
    logStage(path.join('.'), performance.now() - startedAtMs);
  }
});

/** The same for what goes wrong in the middle of a stream. */
export async function* withAppErrors<Event>(events: AsyncIterable<Event>): AsyncGenerator<Event> {
  try {
    yield* events;
  } catch (error) {
    throw translated(error);
  }
}

function translated(error: unknown): unknown {
  const { code, message } = describeFailure(error);
  // A mistake of ours, or one that the contract has a type for already.
  if (code === 'internal' && !(error instanceof AppError)) return error;
  return new ORPCError('APP_ERROR', { defined: true, status: 400, message, data: { code }, cause: error });
}
