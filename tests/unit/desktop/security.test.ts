import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../../src-main/common/content-security-policy.ts';
import { isSenderAllowed } from '../../../src-main/desktop/security/check-sender.ts';
import { mayOpenDocument } from '../../../src-main/desktop/security/may-open-document.ts';
import {
  isFrameNavigationAllowed,
  isNavigationAllowed,
  isPermissionAllowed,
  isRequestAllowed,
} from '../../../src-main/desktop/security/request-policy.ts';
import {
  mainWindowOptions,
  pageUrl,
  quickWindowOptions,
} from '../../../src-main/desktop/windows/window-options.ts';

const look = { preloadPath: '/app/preload.cjs', iconPath: null, dark: false, devTools: false };
const windows = {
  main: mainWindowOptions(look, { width: 800, height: 600 }),
  quick: quickWindowOptions(look),
};

/** The points of Electron's security checklist, in its order; those about fuses are in packaging-tree.test.ts. */
describe('the security checklist', () => {
  it.each(Object.entries(windows))('isolates and sandboxes the %s window', (_name, options) => {
    const { preload, ...preferences } = options.webPreferences ?? {};
    const enabled = Object.entries(preferences).filter(([, value]) => value !== false);
    // All that may be on takes rights from the page; whatever else Electron can be asked for gives it some.
    expect(Object.fromEntries(enabled)).toEqual({
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      safeDialogs: true,
    });
    // On unless they are turned off.
    expect(preferences).toMatchObject({ devTools: false, spellcheck: false });
    expect(preload).toBe(look.preloadPath);
  });

  it('loads the page from its own protocol only', () => {
    expect(pageUrl('main')).toBe('app://llara/index.html');
    expect(pageUrl('quick')).toBe('app://llara/index.html#/quick');
  });

  it.each([
    ['app://llara/assets/index.js', true],
    ['blob:app://llara/8e6f', true],
    ['data:image/png;base64,AA', true],
    ['http://127.0.0.1:8080/', false],
    ['https://example.org/', false],
    ['ws://example.org/', false],
    ['file:///etc/passwd', false],
    ['blob:https://example.org/8e6f', false],
    ['app://elsewhere/index.html', false],
    ['devtools://devtools/bundled/inspector.html', false],
    ['chrome-extension://abc/x.js', false],
    ['ftp://example.org', false],
    ['', false],
  ])('lets the page load %s: %s', (url, allowed) => {
    expect(isRequestAllowed(url, { devTools: false })).toBe(allowed);
  });

  it('loads developer tools only while developing', () => {
    expect(isRequestAllowed('devtools://devtools/bundled/inspector.html', { devTools: true })).toBe(true);
  });

  it.each([
    ['app://llara/index.html#/settings', true],
    ['app://llara/', true],
    ['app://llara/assets/index.js', false],
    ['app://elsewhere/', false],
    ['https://example.org', false],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
  ])('navigates to %s: %s', (url, allowed) => {
    expect(isNavigationAllowed(url)).toBe(allowed);
  });

  it('lets a frame hold only what the page writes into it', () => {
    expect(isFrameNavigationAllowed('about:srcdoc')).toBe(true);
    expect(isFrameNavigationAllowed('app://llara/index.html')).toBe(false);
    expect(isFrameNavigationAllowed('https://example.org')).toBe(false);
  });

  it.each([
    'media',
    'geolocation',
    'notifications',
    'midi',
    'pointerLock',
    'fullscreen',
    'openExternal',
    'clipboard-read',
    'display-capture',
    'hid',
    'serial',
    'usb',
    'fileSystem',
    'unknown',
  ])('denies the permission %s', (permission) => {
    expect(isPermissionAllowed(permission, 'app://llara/index.html')).toBe(false);
  });

  it('lets the page, and nobody else, write to the clipboard', () => {
    expect(isPermissionAllowed('clipboard-sanitized-write', 'app://llara/')).toBe(true);
    expect(isPermissionAllowed('clipboard-sanitized-write', 'https://example.org')).toBe(false);
  });

  it.each([
    ['the page in a window of ours', { url: 'app://llara/index.html#/quick', parent: null }, true, true],
    ['a foreign window', { url: 'app://llara/index.html', parent: null }, false, false],
    ['a frame in the page', { url: 'app://llara/index.html', parent: {} }, true, false],
    ['a foreign page', { url: 'https://example.org', parent: null }, true, false],
    ['a look-alike host', { url: 'app://llara.example.org/', parent: null }, true, false],
    ['a frame that is gone', null, true, false],
  ])('answers calls of %s: %s', (_who, frame, ours, allowed) => {
    expect(isSenderAllowed(frame, ours)).toBe(allowed);
  });

  it('has a policy without inline script, evaluation or foreign address', () => {
    const scripts = /script-src ([^;]*)/.exec(contentSecurityPolicy())?.[1]?.split(' ');
    expect(scripts).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(contentSecurityPolicy()).toContain("frame-ancestors 'none'");
    expect(contentSecurityPolicy()).not.toMatch(/https?:|ws:|\*/);
  });

  it.each([
    ['/home/a/docs/lease.pdf', 'open', true],
    ['/home/a/docs/sub/../notes.md', 'open', true],
    ['/home/a/docs/talk.PPTX', 'open', true],
    ['/home/a/docs/macro.pptm', 'open', false],
    ['/home/a/docs/run.sh', 'open', false],
    ['/home/a/docs/app.desktop', 'open', false],
    ['/home/a/docs/setup.exe', 'open', false],
    ['/home/a/docs/run.sh', 'reveal', true],
    ['/home/a/docs/../.ssh/id.txt', 'open', false],
    ['/home/a/docs-other/lease.pdf', 'reveal', false],
    ['/etc/passwd', 'reveal', false],
    ['docs/lease.pdf', 'open', false],
    ['/home/a/docs/x\0.pdf', 'open', false],
    ['https://example.org/x.pdf', 'open', false],
  ] as const)('hands %s to the system (%s): %s', (path, use, allowed) => {
    const decision = mayOpenDocument(path, ['/home/a/docs'], use);
    expect(decision.type).toBe(allowed ? 'allowed' : 'refused');
  });
});
