/**
 * Every message between the page's preload and the main process, declared once. Both sides and all channel names are
 * derived from this object; it carries no behaviour. Calls about documents do not belong here: they go to the engine.
 */
import { z } from 'zod';
import type { EngineState, ShellInfo, ShortcutState, UpdateOutcome } from '../../contract/desktop-shell.ts';
import type { InvokeName } from './ipc-channels.ts';

const nothing = z.undefined();
const path = z.string().min(1).max(32_768);
/** An address within the page: never a URL of anything else. */
const hash = z.string().max(20_000).startsWith('#/');
const link = z.object({
  library: z.string().max(100),
  documentId: z.string().max(200),
  page: z.number().int().positive().nullable(),
});

/** A question from the page, answered by the main process; what comes in is checked against `input`. */
export interface Invoke<Input, Output> {
  kind: 'invoke';
  input: z.ZodType<Input>;
  output?: Output;
}

/** News from the main process to the page. */
export interface Notify<Payload> {
  kind: 'notify';
  payload?: Payload;
}

const invoke = <Output>() => ({
  with: <Input>(input: z.ZodType<Input>): Invoke<Input, Output> => ({ kind: 'invoke', input }),
});
const notify = <Payload>(): Notify<Payload> => ({ kind: 'notify' });

export const ipcSchema = {
  info: invoke<ShellInfo>().with(nothing),
  connectEngine: invoke<void>().with(nothing),
  engineState: invoke<EngineState>().with(nothing),
  restartEngine: invoke<void>().with(nothing),
  pickFolder: invoke<string | null>().with(nothing),
  pickModelFile: invoke<string | null>().with(nothing),
  revealInFolder: invoke<void>().with(path),
  openWithSystem: invoke<void>().with(path),
  copyLink: invoke<void>().with(link),
  shortcutState: invoke<ShortcutState>().with(nothing),
  showInMainWindow: invoke<void>().with(hash),
  hideQuickSearch: invoke<void>().with(nothing),
  checkForUpdate: invoke<UpdateOutcome>().with(nothing),
  downloadUpdate: invoke<UpdateOutcome>().with(nothing),
  installUpdate: invoke<void>().with(nothing),
  engineStateChanged: notify<EngineState>(),
  shortcutStateChanged: notify<ShortcutState>(),
  /** A page address, such as `#/settings`. */
  navigate: notify<string>(),
  /** Carries the engine's port and no data. */
  enginePort: notify<null>(),
};

export function invokeNames(): InvokeName[] {
  return (Object.keys(ipcSchema) as (keyof typeof ipcSchema)[]).filter(
    (name): name is InvokeName => ipcSchema[name].kind === 'invoke',
  );
}
