/** What the desktop shell tells the page of itself: the engine's state, the shortcut, updates. Types alone. */

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
