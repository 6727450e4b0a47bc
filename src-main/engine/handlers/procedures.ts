/** The contract's procedures, ready to be given handlers, with our errors translated into the contract's typed one. */
import { implement, ORPCError } from '@orpc/server';
import { AppError } from '../../common/app-error.ts';
import { contract } from '../../contract/contract.ts';
import { describeFailure } from '../jobs/describe-failure.ts';

export const procedures = implement(contract).use(async ({ next }) => {
  try {
    return await next();
  } catch (error) {
    const { code, message } = describeFailure(error);
    // A mistake of ours, or one that the contract has a type for already.
    if (code === 'internal' && !(error instanceof AppError)) throw error;
    throw new ORPCError('APP_ERROR', { status: 400, message, data: { code }, cause: error });
  }
});
