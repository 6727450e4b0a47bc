/**
 * Registers one handler per declared call: first the sender is checked, then the input, then the handler runs.
 * It takes Electron's `ipcMain` as an argument, so that a test can call every channel with a wrong sender.
 */
import { AppError } from '../../common/app-error.ts';
import { callNames, desktopCalls } from '../../contract/desktop-calls.ts';
import type { ErrorCode } from '../../contract/error-codes.ts';
import { isSenderAllowed, type SenderFrame } from '../security/check-sender.ts';
import { type CallHandlers, type CallReply, channelOf } from './ipc-channels.ts';

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
  handlers: CallHandlers<Sender>;
}

/** Returns a function that removes every handler again. */
export function bindIpc<Sender>({ ipcMain, isOurWindow, handlers }: IpcBinding<Sender>): () => void {
  for (const name of callNames) {
    ipcMain.handle(channelOf(name), async (event, input): Promise<CallReply> => {
      try {
        if (!isSenderAllowed(event.senderFrame, isOurWindow(event.sender))) {
          throw new AppError('bad-request', `The call ${name} did not come from a page of this app.`);
        }
        if (!desktopCalls[name].accepts(input))
          throw new AppError('bad-request', `The call ${name} has a wrong argument.`);
        const handler = handlers[name] as (input: unknown, sender: Sender) => unknown;
        return { value: await handler(input, event.sender) };
      } catch (error) {
        return { failure: describe(error) };
      }
    });
  }
  return () => {
    for (const name of callNames) ipcMain.removeHandler(channelOf(name));
  };
}

function describe(error: unknown): { code: ErrorCode; message: string } {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}
