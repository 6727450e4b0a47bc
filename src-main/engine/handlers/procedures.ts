/** The contract's procedures, ready to be given handlers, with our errors translated into the contract's typed one. */
import { implement, ORPCError } from '@orpc/server';
import { AppError } from '../../common/app-error.ts';
import { contract } from '../../contract/contract.ts';

export const procedures = implement(contract).use(async ({ next }) => {
  try {
    return await next();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new ORPCError('APP_ERROR', {
      status: 400,
      message: error.message,
      data: { code: error.code },
      cause: error,
    });
  }
});
