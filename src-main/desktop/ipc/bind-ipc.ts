/**
 * Registers one handler per declared call: first the sender is checked, then the input, then the handler runs.
 * It takes Electron's `ipcMain` as an argument, so that a test can call every channel with a wrong sender.
 */
import { AppError } from '../../common/app-error.ts';
import type { ErrorCode } from '../../contract/error-codes.ts';
import { isSenderAllowed, type SenderFrame } from '../security/check-sender.ts';
import { channelOf, type InvokeHandlers, type InvokeReply } from './ipc-channels.ts';
import { invokeNames, ipcSchema } from './ipc-schema.ts';

export interface IpcEvent<Sender> {
  sender: Sender;
  senderFrame: SenderFrame | null;
}

export interface IpcMainLike<Sender> {
  handle(channel: string, listener: (event: IpcEvent<Sender>, input: unknown) => unknown): void;
  removeHandler(channel: string): void;
}

export interface IpcBinding<Sender> {
  ipcMain: IpcMainLike<Sender>;
  isOurWindow(sender: Sender): boolean;
  handlers: InvokeHandlers<Sender>;
}

/** Returns a function that removes every handler again. */
export function bindIpc<Sender>({ ipcMain, isOurWindow, handlers }: IpcBinding<Sender>): () => void {
  const names = invokeNames();
  for (const name of names) {
    ipcMain.handle(channelOf(name), async (event, input): Promise<InvokeReply> => {
      try {
        if (!isSenderAllowed(event.senderFrame, isOurWindow(event.sender))) {
          throw new AppError('bad-request', `The call ${name} did not come from a page of this app.`);
        }
        const parsed = ipcSchema[name].input.safeParse(input);
        if (!parsed.success) throw new AppError('bad-request', `The call ${name} has a wrong argument.`);
        const handler = handlers[name] as (input: unknown, sender: Sender) => unknown;
        return { value: await handler(parsed.data, event.sender) };
      } catch (error) {
        return { failure: describe(error) };
      }
    });
  }
  return () => {
    for (const name of names) ipcMain.removeHandler(channelOf(name));
  };
}

function describe(error: unknown): { code: ErrorCode; message: string } {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}
