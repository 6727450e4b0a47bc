/** The one main window: made when it is first wanted, put back where it stood, and told what to show. */
import { join } from 'node:path';
import { BrowserWindow, screen } from 'electron/main';
import { readStateFile, writeStateFile } from '../state-file.ts';
import { loadPage } from './load-page.ts';
import { mainWindowOptions, type WindowLook } from './window-options.ts';
import { fitToScreens, parseWindowState } from './window-state.ts';

export interface MainWindowOptions {
  look(): WindowLook;
  home: string;
  sendNavigate(window: BrowserWindow, hash: string): void;
  /** True while closing means leaving; else the window only hides and the tray stays. */
  isQuitting(): boolean;
  hideOnClose(): boolean;
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
    if (state.maximized) window.maximize();
    window.once('ready-to-show', () => window.show());
    window.webContents.on('did-finish-load', () => {
      this.#loaded = true;
      if (this.#pendingHash) this.#options.sendNavigate(window, this.#pendingHash);
      this.#pendingHash = null;
    });
    window.on('close', (event) => {
      const kept = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
      writeStateFile(path, JSON.stringify(kept));
      if (this.#options.isQuitting() || !this.#options.hideOnClose()) return;
      event.preventDefault();
      window.hide();
    });
    window.on('closed', () => {
      this.#window = null;
    });
    loadPage(window, 'main');
    return window;
  }
}
