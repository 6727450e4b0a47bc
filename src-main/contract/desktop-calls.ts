/**
 * Every message between the page and the desktop app's main process, declared once: what a call takes, how that is checked,
 * what it answers. Both sides and all channel names derive from these two objects. Calls about documents do not belong here:
 * they go to the engine.
 */
import type { EngineState, ShellInfo, ShortcutState, UpdateOutcome } from './desktop-shell.ts';

/** A question from the page. What comes in is checked, as it comes from another process; plain checks keep the preload small. */
export interface DesktopCall<Input, Output> {
  readonly accepts: (input: unknown) => input is Input;
  /** For the types alone. */
  readonly output?: Output;
}

/** News from the main process to the page. */
export interface DesktopNews<Payload> {
  readonly payload?: Payload;
}

export interface DocumentLink {
  library: string;
  documentId: string;
  /** 1-based, null where the format has no pages. */
  page: number | null;
}

const isNothing = (input: unknown): input is undefined => input === undefined;
const isText = (input: unknown, maxLength: number): input is string =>
  typeof input === 'string' && input.length <= maxLength;
const isPath = (input: unknown): input is string => isText(input, 32_768) && input !== '';
const isFileName = (input: unknown): input is string => isText(input, 200) && /^[^/\\]+$/.test(input);
/** An address within the page, such as `#/document/ID`: never a URL of anything else. */
const isHash = (input: unknown): input is string => isText(input, 20_000) && input.startsWith('#/');
const isLink = (input: unknown): input is DocumentLink => {
  if (typeof input !== 'object' || input === null) return false;
  const { library, documentId, page } = input as Record<string, unknown>;
  const isPage = page === null || (typeof page === 'number' && Number.isInteger(page) && page > 0);
  return isText(library, 100) && isText(documentId, 200) && isPage;
};

const call = <Output>() => ({
  with: <Input>(accepts: (input: unknown) => input is Input): DesktopCall<Input, Output> => ({ accepts }),
});

export const desktopCalls = {
  info: call<ShellInfo>().with(isNothing),
  /** Answered by the news `enginePort`. */
  connectEngine: call<void>().with(isNothing),
  engineState: call<EngineState>().with(isNothing),
  restartEngine: call<void>().with(isNothing),
  /** Null when the person closes the dialog. */
  pickFolder: call<string | null>().with(isNothing),
  pickFile: call<string | null>().with(isNothing),
  pickModelFile: call<string | null>().with(isNothing),
  /** Where a new file is to be; takes the name that is offered. */
  pickNewFile: call<string | null>().with(isFileName),
  revealInFolder: call<void>().with(isPath),
  openWithSystem: call<void>().with(isPath),
  /** Puts `llara://open?…` on the clipboard. */
  copyLink: call<void>().with(isLink),
  shortcutState: call<ShortcutState>().with(isNothing),
  /** Shows the main window at a page address, and hides the quick-search window. */
  showInMainWindow: call<void>().with(isHash),
  hideQuickSearch: call<void>().with(isNothing),
  /** The shell's only network access; each step starts with the person's own call, the first one here. */
  checkForUpdate: call<UpdateOutcome>().with(isNothing),
  downloadUpdate: call<UpdateOutcome>().with(isNothing),
  installUpdate: call<void>().with(isNothing),
};

const news = <Payload>(): DesktopNews<Payload> => ({});

export const desktopNews = {
  engineStateChanged: news<EngineState>(),
  shortcutStateChanged: news<ShortcutState>(),
  /** A page address, such as `#/settings`. */
  navigate: news<string>(),
  /** Carries the engine's port and no data. */
  enginePort: news<null>(),
};

type Calls = typeof desktopCalls;
type News = typeof desktopNews;

export type CallName = keyof Calls;
export type CallInput<Name extends CallName> =
  Calls[Name] extends DesktopCall<infer Input, infer _> ? Input : never;
export type CallOutput<Name extends CallName> =
  Calls[Name] extends DesktopCall<infer _, infer Output> ? Output : never;

export type NewsName = keyof News;
export type NewsPayload<Name extends NewsName> =
  News[Name] extends DesktopNews<infer Payload> ? Payload : never;

export const callNames = Object.keys(desktopCalls) as CallName[];
export const newsNames = Object.keys(desktopNews) as NewsName[];
