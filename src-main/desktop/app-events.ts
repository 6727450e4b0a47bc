/** Listens to what the operating system tells the app: further starts, links, folders dropped on its icon, power, the end. */
import { app, globalShortcut, powerMonitor } from 'electron/main';
import { parseDocumentLink } from '../common/links/document-link.ts';
import { appIdentity } from './app-identity.ts';
import { hashOfLink, linkFromArguments } from './security/deep-link.ts';
import { reloadCrashedPages } from './windows/reload-crashed-pages.ts';

export interface AppEventActions {
  /** Shows the main window, at a page address if there is one. */
  show(hash?: string): void;
  addFolder(path: string): void;
  onPower(): void;
  hasTray(): boolean;
  onQuitting(): void;
  onQuit(): void;
}

/** Call before the app is ready: macOS hands over links and folders while it starts. */
export function bindAppEvents(actions: AppEventActions): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient(appIdentity.deepLinkScheme);
  const show = (hash?: string) => void app.whenReady().then(() => actions.show(hash));
  app.on('second-instance', (_event, argv) => {
    const link = linkFromArguments(argv);
    show(link ? hashOfLink(link) : undefined);
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    const link = parseDocumentLink(url);
    if (link) show(hashOfLink(link));
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    show('#/library');
    actions.addFolder(path);
  });
  app.on('activate', () => show());
  app.on('window-all-closed', () => {
    if (!actions.hasTray() && process.platform !== 'darwin') app.quit();
  });
  app.on('before-quit', () => actions.onQuitting());
  app.on('will-quit', () => {
    globalShortcut.unregisterAll();
    actions.onQuit();
  });
  reloadCrashedPages();
  void app.whenReady().then(() => {
    powerMonitor.on('on-battery', () => actions.onPower());
    powerMonitor.on('on-ac', () => actions.onPower());
  });
}
