/** The contract's calls for fakes to answer: each is written down, and fails where a test wants it to. */
import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../../src-main/contract/contract.ts';
import type { ErrorCode } from '../../../src-main/contract/error-codes.ts';
import type { FakeEvents } from './fake-events.ts';
import type { FakeJobs } from './fake-jobs.ts';
import type { FakeState } from './fake-state.ts';

export interface FakeCall {
  readonly name: string;
  readonly input: unknown;
}

/** What the handlers share. */
export interface FakeWorld {
  readonly state: FakeState;
  readonly jobs: FakeJobs;
  readonly events: FakeEvents;
}

/** A call's name (`search.query`) and what it shall fail with until it is taken out again. */
export type FakeFailures = Map<string, { code: ErrorCode; message: string }>;

export type FakeProcedures = ReturnType<typeof implementFakes>;

export function implementFakes(failures: FakeFailures, calls: FakeCall[]) {
  return implement(contract).use(({ next, path }, input) => {
    const name = path.join('.');
    calls.push({ name, input });
    const failure = failures.get(name);
    if (!failure) return next();
    throw new ORPCError('APP_ERROR', {
      defined: true,
      status: 400,
      message: failure.message,
      data: { code: failure.code },
    });
  });
}
