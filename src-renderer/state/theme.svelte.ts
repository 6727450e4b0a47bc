/** Light, dark, or as the system has it. The choice is an engine setting; a copy here spares the first paint a flash. */
import type { Settings } from '../../src-main/contract/settings.ts';

const STORAGE_KEY = 'theme';

export class Theme {
  #choice = $state<Settings['theme']>(storedChoice());
  #systemDark = $state(false);
  readonly resolved = $derived<'light' | 'dark'>(
    this.#choice === 'system' ? (this.#systemDark ? 'dark' : 'light') : this.#choice,
  );

  constructor() {
    const query = window.matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = query.matches;
    query.addEventListener('change', () => {
      this.#systemDark = query.matches;
      this.#apply();
    });
    this.#apply();
  }

  choose(choice: Settings['theme']): void {
    this.#choice = choice;
    localStorage.setItem(STORAGE_KEY, choice);
    this.#apply();
  }

  #apply(): void {
    document.documentElement.dataset.theme = this.resolved;
  }
}

function storedChoice(): Settings['theme'] {
  const stored = localStorage.getItem(STORAGE_KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}
