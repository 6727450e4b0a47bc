/** Keeps the quick-search shortcut registered as the settings say, and tells plainly when it cannot be had. */
import type { ShortcutState } from '../../contract/desktop-shell.ts';
import { acceleratorProblem } from './accelerator-problem.ts';

/** Electron's `globalShortcut`. `register` returns false when another program holds the keys, and throws on a wrong name. */
export interface ShortcutRegistry {
  register(accelerator: string, callback: () => void): boolean;
  unregister(accelerator: string): void;
}

export class QuickShortcut {
  readonly #registry: ShortcutRegistry;
  readonly #onPress: () => void;
  #state: ShortcutState = { type: 'off' };

  constructor(registry: ShortcutRegistry, onPress: () => void) {
    this.#registry = registry;
    this.#onPress = onPress;
  }

  get state(): ShortcutState {
    return this.#state;
  }

  /** An empty `wanted` turns the shortcut off. One that would take a plain key from the system is not even asked for. The former one is given up first, also when the new one fails. */
  use(wanted: string): ShortcutState {
    const accelerator = wanted.replace(/\s*\+\s*/g, '+').trim();
    if (this.#state.type === 'active') {
      if (this.#state.accelerator === accelerator) return this.#state;
      this.#registry.unregister(this.#state.accelerator);
    }
    this.#state = accelerator === '' ? { type: 'off' } : this.#register(accelerator);
    return this.#state;
  }

  #register(accelerator: string): ShortcutState {
    const problem = acceleratorProblem(accelerator);
    if (problem) return { type: 'unavailable', accelerator, reason: problem };
    try {
      if (this.#registry.register(accelerator, this.#onPress)) return { type: 'active', accelerator };
      const reason = 'Another program uses these keys, or the system does not allow it. Choose other keys.';
      return { type: 'unavailable', accelerator, reason };
    } catch {
      // Electron throws a conversion error without saying more.
      return { type: 'unavailable', accelerator, reason: `“${accelerator}” is not a key combination.` };
    }
  }
}
