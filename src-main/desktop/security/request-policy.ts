/**
 * Decides what the page may load, where it may navigate and which permissions it gets: its own files, nowhere, and
 * none but copying text. session-guard.ts applies these decisions.
 */
import { appIdentity } from '../app-identity.ts';

/** Everything the page loads is its own file or made by itself; developer tools only while developing. */
export function isRequestAllowed(url: string, options: { devTools: boolean }): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  if (protocol === `${appIdentity.pageScheme}:`) return host === appIdentity.pageHost;
  if (protocol === 'blob:') return url.startsWith(`blob:${appIdentity.pageOrigin}/`);
  if (protocol === 'data:') return true;
  return protocol === 'devtools:' && options.devTools;
}

/** A reload of the page itself is the only navigation. */
export function isNavigationAllowed(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, pathname } = new URL(url);
  return (
    protocol === `${appIdentity.pageScheme}:` &&
    host === appIdentity.pageHost &&
    (pathname === '/' || pathname === '/index.html')
  );
}

/** A frame within the page holds text that the page itself wrote into it, never an address. */
export function isFrameNavigationAllowed(url: string): boolean {
  return url === 'about:srcdoc' || url === 'about:blank';
}

/** Copying text out of a document is the one thing the page may do beyond showing itself. */
export function isPermissionAllowed(permission: string, requestingUrl: string): boolean {
  return permission === 'clipboard-sanitized-write' && isPageUrl(requestingUrl);
}

/** True for the page's own origin, which is all that may call the main process. */
export function isPageUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  return protocol === `${appIdentity.pageScheme}:` && host === appIdentity.pageHost;
}
