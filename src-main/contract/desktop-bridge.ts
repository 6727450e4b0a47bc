/**
 * What the page finds as `window.llara` in the desktop app: a method for every call and every news that desktop-calls.ts
 * declares, and what no message carries. A page in a browser has none of it and works without.
 */
import type { CallInput, CallName, CallOutput, NewsName, NewsPayload } from './desktop-calls.ts';

/**
 * A MessagePort cannot cross `contextBridge`, so `requestEnginePort` is answered by a window message from the
 * page's own origin: `{ type: 'llara:engine-port' }` with the port as its only transferred object. Asking again
 * gives a fresh port, to a restarted engine where the old one is gone.
 */
export const ENGINE_PORT_MESSAGE = 'llara:engine-port';

/** `copyLink(link)`; a call that takes nothing is called with nothing. */
export type BridgeCalls = {
  [Name in CallName]: CallInput<Name> extends undefined
    ? () => Promise<CallOutput<Name>>
    : (input: CallInput<Name>) => Promise<CallOutput<Name>>;
};

/** `onNavigate(listener)`; each returns how to stop listening. */
export type BridgeNews = {
  [Name in NewsName as `on${Capitalize<Name>}`]: (
    listener: (payload: NewsPayload<Name>) => void,
  ) => () => void;
};

/** The port's own call and news are wired together by `requestEnginePort`. */
export interface DesktopBridge extends Omit<BridgeCalls, 'connectEngine'>, Omit<BridgeNews, 'onEnginePort'> {
  readonly platform: string;
  requestEnginePort(): void;
  /** Path of a file or folder dragged into the page, or null where the system does not tell. */
  pathOfDropped(file: File): string | null;
}
