/** The one main window: made when it is first wanted, put back where it stood, and told what to show. */
import { join } from 'node:path';
import { BrowserWindow, screen } from 'electron/main';
import { readStateFile, writeStateFile } from '../state-file.ts';
import { loadPage } from './load-page.ts';
import { mainWindowOptions, type WindowLook } from './window-options.ts';
import { fitToScreens, parseWindowState, placeToKeep } from './window-state.ts';

export interface MainWindowOptions {
  look(): WindowLook;
  home: string;
  sendNavigate(window: BrowserWindow, hash: string): void;
  isQuitting(): boolean;
  /** Asked when a person closes the window: whether the app can be reached without it. Then it hides, else the app quits. */
  staysReachable(): Promise<boolean>;
  quit(): void;
}

export class MainWindow {
  readonly #options: MainWindowOptions;
  #window: BrowserWindow | null = null;
  #loaded = false;
  #pendingHash: string | null = null;

  constructor(options: MainWindowOptions) {
    this.#options = options;
  }

  get window(): BrowserWindow | null {
    return this.#window;
  }

  get focused(): boolean {
    return this.#window?.isFocused() ?? false;
  }

  show(hash?: string): void {
    const window = this.#window ?? this.#create();
    if (hash && this.#loaded) this.#options.sendNavigate(window, hash);
    else if (hash) this.#pendingHash = hash;
    if (!this.#loaded) return; // Shown by `ready-to-show`, so that no empty window flashes.
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  #create(): BrowserWindow {
    const path = join(this.#options.home, 'window', 'place.json');
    const areas = screen.getAllDisplays().map((display) => display.workArea);
    const state = fitToScreens(parseWindowState(readStateFile(path)), areas);
    const window = new BrowserWindow(mainWindowOptions(this.#options.look(), state.bounds));
    this.#window = window;
    this.#loaded = false;
    const normal = window.getBounds();
    window.once('ready-to-show', () => {
      // Maximizing shows a window, so it waits until there is something to see.
      if (state.maximized) window.maximize();
      window.show();
    });
    window.webContents.on('did-finish-load', () => {
      this.#loaded = true;
      if (this.#pendingHash) this.#options.sendNavigate(window, this.#pendingHash);
      this.#pendingHash = null;
    });
    window.on('close', (event) => {
      writeStateFile(path, JSON.stringify(placeToKeep(window, normal)));
      if (this.#options.isQuitting()) return;
      event.preventDefault();
      void this.#hideOrQuit(window);
    });
    window.on('closed', () => {
      this.#window = null;
    });
    loadPage(window, 'main');
    return window;
  }

  /** A hidden window of another kind, such as the one for quick searches, would keep the app alive unseen: so it is told to quit. */
  async #hideOrQuit(window: BrowserWindow): Promise<void> {
    if (!(await this.#options.staysReachable())) this.#options.quit();
    else if (!window.isDestroyed()) window.hide();
  }
}
