/** Options of both windows, built without Electron so that a test can hold each one against the security checklist. */
import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';
import { appIdentity } from '../app-identity.ts';
import type { Bounds } from './window-state.ts';

export type WindowView = 'main' | 'quick';

export function pageUrl(view: WindowView): string {
  return `${appIdentity.pageOrigin}/index.html${view === 'quick' ? '#/quick' : ''}`;
}

export function webPreferences(preloadPath: string, options: { devTools: boolean }): WebPreferences {
  return {
    preload: preloadPath,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
    devTools: options.devTools,
  };
}

export interface WindowLook {
  preloadPath: string;
  iconPath: string | null;
  dark: boolean;
  devTools: boolean;
}

export function mainWindowOptions(look: WindowLook, bounds: Bounds): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    minWidth: 640,
    minHeight: 480,
    title: appIdentity.name,
    show: false,
    backgroundColor: look.dark ? '#16181d' : '#ffffff',
    ...(look.iconPath ? { icon: look.iconPath } : {}),
    webPreferences: webPreferences(look.preloadPath, look),
  };
}

/** A bar without frame that floats over other programs and leaves when it loses the focus. */
export function quickWindowOptions(look: WindowLook): BrowserWindowConstructorOptions {
  return {
    width: 720,
    height: 440,
    title: appIdentity.name,
    show: false,
    frame: false,
    resizable: false,
    maximizable: false,
    minimizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    backgroundColor: look.dark ? '#16181d' : '#ffffff',
    webPreferences: webPreferences(look.preloadPath, look),
  };
}
