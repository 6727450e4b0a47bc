/**
 * What the desktop app's `window.llara` offers beyond `DesktopBridge`: the engine's state, the quick-search window, the
 * shortcut, links and updates. Types alone; every listener method returns a function that ends the subscription.
 */
import type { DesktopBridge } from './desktop-bridge.ts';

/** `restarting` and `gone` carry what happened, in words; after `running` the page asks for a new port. */
export type EngineState =
  | { type: 'starting' }
  | { type: 'running' }
  | { type: 'restarting'; reason: string; attempt: number }
  | { type: 'gone'; reason: string };

export type ShortcutState =
  | { type: 'off' }
  | { type: 'active'; accelerator: string }
  /** Another program holds it, or it is no valid shortcut; `reason` says which. */
  | { type: 'unavailable'; accelerator: string; reason: string };

export type UpdateOutcome =
  | { type: 'up-to-date'; version: string }
  | { type: 'available'; version: string }
  | { type: 'ready'; version: string }
  | { type: 'not-supported'; reason: string }
  | { type: 'failed'; reason: string };

export interface ShellInfo {
  version: string;
  /** Which of the two windows the page is in; the quick-search page is opened at `#/quick`. */
  view: 'main' | 'quick';
  startAtLogin: { type: 'supported' } | { type: 'not-supported'; reason: string };
}

/** The page in the desktop app may treat `window.llara` as this. */
export interface DesktopShell extends DesktopBridge {
  info(): Promise<ShellInfo>;
  engineState(): Promise<EngineState>;
  onEngineState(listener: (state: EngineState) => void): () => void;
  restartEngine(): Promise<void>;
  /** Puts `llara://open?…` on the clipboard. `page` is 1-based, null where the format has no pages. */
  copyLink(library: string, documentId: string, page: number | null): Promise<void>;
  shortcutState(): Promise<ShortcutState>;
  onShortcutState(listener: (state: ShortcutState) => void): () => void;
  /** Shows the main window at a page address such as `#/document/ID`, and hides the quick-search window. */
  showInMainWindow(hash: string): Promise<void>;
  hideQuickSearch(): Promise<void>;
  /** The shell's only network access; each step starts with the person's own call, the first one here. */
  checkForUpdate(): Promise<UpdateOutcome>;
  downloadUpdate(): Promise<UpdateOutcome>;
  installUpdate(): Promise<void>;
}
