/** Entry of the main process: one instance, the page's protocol declared in time, then the shell. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, dialog } from 'electron/main';
import { homeDirectory } from '../common/paths/home-directory.ts';
import { appIdentity } from './app-identity.ts';
import { DesktopShellApp } from './desktop-shell-app.ts';
import { declarePageProtocol } from './security/page-protocol.ts';
import { guardEveryPage } from './security/session-guard.ts';

const home = homeDirectory();
app.setName(appIdentity.name);
// The window's own data lies with the rest, so that two homes are two apps.
app.setPath('userData', join(home, 'window'));
// It would strip the switch by which root, in a container, starts Chromium at all; every window asks for its sandbox itself.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
if (process.platform === 'linux') app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal');
// Flatpak names the desktop entry by its own id; elsewhere package.json's `desktopName` holds.
if (process.env.FLATPAK_ID) app.setDesktopName(`${process.env.FLATPAK_ID}.desktop`);
if (!app.requestSingleInstanceLock()) {
  app.quit();
} else {
  declarePageProtocol();
  guardEveryPage(app);
  const shell = new DesktopShellApp({
    mainFolder: fileURLToPath(new URL('.', import.meta.url)),
    home,
  });
  app
    .whenReady()
    .then(() => shell.start())
    .catch((error: unknown) => {
      // Without its parts there is no window that could say so.
      dialog.showErrorBox(`${appIdentity.name} cannot start`, String(error));
      app.exit(1);
    });
}
