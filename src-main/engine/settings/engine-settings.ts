/**
 * The settings while the engine runs, and the one place where its parts say which of them they follow. A change is stored
 * first and acts then; what has no observer here is read anew at each use, or after a restart as the settings' table says.
 */

import { parseLoopbackAddress } from '../../answering/chat/loopback-address.ts';
import type { Settings } from '../../contract/settings.ts';
import type { SettingName } from '../../contract/tables/settings-table.ts';

export interface SettingsStore {
  settings(): Settings;
  updateSettings(change: Partial<Settings>): Settings;
}

type Observer = (settings: Settings, before: Settings) => void;

export class EngineSettings {
  readonly #store: SettingsStore;
  readonly #observers: { names: readonly SettingName[]; act: Observer }[] = [];

  constructor(store: SettingsStore) {
    this.#store = store;
  }

  get(): Settings {
    return this.#store.settings();
  }

  /** `act` is called after each change of one of the settings named, not when one is set to what it was. */
  observe(names: readonly SettingName[], act: Observer): void {
    this.#observers.push({ names, act });
  }

  /** Throws `bad-request` for what the table's types let through, though it can mean nothing. */
  update(change: Partial<Settings>): Settings {
    if (change.chatServer) parseLoopbackAddress(change.chatServer);
    const before = this.#store.settings();
    const settings = this.#store.updateSettings(change);
    for (const { names, act } of this.#observers) {
      if (names.some((name) => settings[name] !== before[name])) act(settings, before);
    }
    return settings;
  }
}
