/**
 * What the desktop shell offers the page beyond the engine: dialogs, the system's programs, and a port to the engine.
 * The preload exposes it as `window.llara`; a page in a browser has none of it and works without.
 */

/**
 * A MessagePort cannot cross `contextBridge`, so `requestEnginePort` is answered by a window message from the
 * page's own origin: `{ type: 'llara:engine-port' }` with the port as its only transferred object. Asking again
 * gives a fresh port, to a restarted engine where the old one is gone.
 */
export const ENGINE_PORT_MESSAGE = 'llara:engine-port';

export interface DesktopBridge {
  readonly platform: string;
  requestEnginePort(): void;
  /** Null when the person closes the dialog. */
  pickFolder(): Promise<string | null>;
  pickModelFile(): Promise<string | null>;
  revealInFolder(path: string): Promise<void>;
  openWithSystem(path: string): Promise<void>;
  /** Path of a file or folder dragged into the page, or null where the system does not tell. */
  pathOfDropped(file: File): string | null;
  /** Calls back with a page address such as `#/document/ID?start=10&end=90`; returns how to stop listening. */
  onNavigate(listener: (hash: string) => void): () => void;
}
