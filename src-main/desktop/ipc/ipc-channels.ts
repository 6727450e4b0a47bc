/**
 * Makes the names of the IPC channels from the calls and news that the contract declares. No other file names a
 * channel.
 */
import type { CallInput, CallName, CallOutput, NewsName } from '../../contract/desktop-calls.ts';
import type { ErrorCode } from '../../contract/error-codes.ts';

/** What a call sends back: Electron would wrap a thrown error's message in its own words. */
export type CallReply = { value: unknown } | { failure: { code: ErrorCode; message: string } };

/** What the main process implements; the sender tells the two windows apart. */
export type CallHandlers<Sender> = {
  [Name in CallName]: (
    input: CallInput<Name>,
    sender: Sender,
  ) => CallOutput<Name> | Promise<CallOutput<Name>>;
};

export function channelOf(name: CallName | NewsName): string {
  return `llara:${name}`;
}
