/** Types and channel names of both sides, derived from the one schema; the preload gets these without the schema's checks. */
import type { ErrorCode } from '../../contract/error-codes.ts';
import type { Invoke, ipcSchema, Notify } from './ipc-schema.ts';

type Schema = typeof ipcSchema;

export type InvokeName = {
  [Name in keyof Schema]: Schema[Name] extends { kind: 'invoke' } ? Name : never;
}[keyof Schema];
export type NotifyName = Exclude<keyof Schema, InvokeName>;

export type InvokeInput<Name extends InvokeName> =
  Schema[Name] extends Invoke<infer Input, unknown> ? Input : never;
export type InvokeOutput<Name extends InvokeName> =
  Schema[Name] extends Invoke<never, infer Output>
    ? Output
    : Schema[Name] extends { output?: infer Output }
      ? Output
      : never;
export type NotifyPayload<Name extends NotifyName> =
  Schema[Name] extends Notify<infer Payload> ? Payload : never;

/** What a call sends back: Electron would wrap a thrown error's message in its own words. */
export type InvokeReply = { value: unknown } | { failure: { code: ErrorCode; message: string } };

/** What the main process implements; the sender tells the two windows apart. */
export type InvokeHandlers<Sender> = {
  [Name in InvokeName]: (
    input: InvokeInput<Name>,
    sender: Sender,
  ) => InvokeOutput<Name> | Promise<InvokeOutput<Name>>;
};

export function channelOf(name: keyof Schema): string {
  return `llara:${name}`;
}
