/** Loads one of the app's own pages into a window. A window that is closed or reloaded meanwhile is no failure. */
import type { BrowserWindow } from 'electron/main';
import { pageUrl } from './window-options.ts';

export function loadPage(window: BrowserWindow, view: Parameters<typeof pageUrl>[0]): void {
  window.loadURL(pageUrl(view)).catch((error: unknown) => {
    if (!window.isDestroyed()) console.warn(`The page ${view} was not loaded: ${String(error)}`);
  });
}
