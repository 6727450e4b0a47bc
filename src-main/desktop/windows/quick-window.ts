/** The quick-search window: appears over other programs on its shortcut, and leaves with the focus or when its page asks. */
import { BrowserWindow, screen } from 'electron/main';
import { loadPage } from './load-page.ts';
import { quickWindowOptions, type WindowLook } from './window-options.ts';

export class QuickWindow {
  readonly #look: () => WindowLook;
  #window: BrowserWindow | null = null;

  constructor(look: () => WindowLook) {
    this.#look = look;
  }

  get window(): BrowserWindow | null {
    return this.#window;
  }

  toggle(): void {
    if (this.#window?.isVisible()) this.hide();
    else this.#show();
  }

  hide(): void {
    this.#window?.hide();
  }

  /** Stands in the upper third of the screen that the pointer is on. */
  #show(): void {
    const window = this.#window ?? this.#create();
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    const { width, height } = window.getBounds();
    window.setPosition(
      Math.round(workArea.x + (workArea.width - width) / 2),
      Math.round(workArea.y + Math.max(0, (workArea.height - height) / 3)),
    );
    window.show();
    window.focus();
  }

  #create(): BrowserWindow {
    const window = new BrowserWindow(quickWindowOptions(this.#look()));
    this.#window = window;
    window.on('blur', () => {
      if (!window.webContents.isDevToolsOpened()) window.hide();
    });
    window.on('closed', () => {
      this.#window = null;
    });
    loadPage(window, 'quick');
    return window;
  }
}
