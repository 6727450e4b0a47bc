/**
 * Applies the request policy to a session and to every page in it: network requests, navigation, new windows,
 * downloads and permissions.
 */
import type { App, Session, WebContents } from 'electron/main';
import {
  isFrameNavigationAllowed,
  isNavigationAllowed,
  isPermissionAllowed,
  isRequestAllowed,
} from './request-policy.ts';

export function guardSession(session: Session, options: { devTools: boolean }): void {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(isPermissionAllowed(permission, contents.getURL())),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    isPermissionAllowed(permission, origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !isRequestAllowed(details.url, options) }),
  );
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
}

export function guardEveryPage(app: App): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents));
}

function guardPage(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isNavigationAllowed(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    const allowed = event.isMainFrame ? isNavigationAllowed(event.url) : isFrameNavigationAllowed(event.url);
    if (!allowed) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
