import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { callNames } from '../../../src-main/contract/desktop-calls.ts';
import { FakeContents, FakeUtilityProcess, FakeWindow, fakeElectron } from '../../support/fake-electron.ts';

/** The shell as it is composed for real, over a stand-in for Electron: that its parts are wired, and wired safely. */
describe('the composed shell', () => {
  const home = mkdtempSync(join(tmpdir(), 'llara-shell-'));
  let electron: ReturnType<typeof fakeElectron>;
  let trayHost = true;
  const page = { url: 'app://llara/index.html', parent: null };
  const call = (name: string, input: unknown, window = FakeWindow.all[0]!) =>
    electron.handlers.get(`llara:${name}`)!({ sender: window.webContents, senderFrame: page }, input);

  beforeEach(async () => {
    electron = fakeElectron();
    vi.resetModules();
    vi.doMock('electron/main', () => electron.main);
    vi.doMock('electron/common', () => electron.common);
    vi.doMock('../../../src-main/desktop/tray/tray-host.ts', () => ({ hasTrayHost: async () => trayHost }));
    trayHost = true;
    const { DesktopShellApp } = await import('../../../src-main/desktop/desktop-shell-app.ts');
    new DesktopShellApp({ mainFolder: '/app/out/main', home }).start();
  });
  afterEach(() => {
    vi.doUnmock('electron/main');
    vi.doUnmock('electron/common');
    vi.doUnmock('../../../src-main/desktop/tray/tray-host.ts');
    rmSync(home, { recursive: true, force: true });
  });

  it('opens one sandboxed window on its own page, and forks the engine', () => {
    expect(FakeWindow.all.map(({ url }) => url)).toEqual(['app://llara/index.html']);
    expect(FakeWindow.all[0]!.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
    });
    expect(FakeUtilityProcess.all.map(({ path, args }) => [path, args])).toEqual([
      [join('/app/out/main', 'engine-entry.js'), [home]],
    ]);
    expect(electron.handled).toEqual(['app']);
    expect([...electron.handlers.keys()].sort()).toEqual(callNames.map((name) => `llara:${name}`).sort());
  });

  it('puts every guard in force on the session', () => {
    const { network, request, check, device } = electron.session.guards as Record<
      string,
      (...args: unknown[]) => unknown
    >;
    const cancelled = (url: string) => {
      let outcome: unknown;
      network!({ url }, (answer: unknown) => {
        outcome = answer;
      });
      return outcome;
    };
    expect(cancelled('https://example.org/')).toEqual({ cancel: true });
    expect(cancelled('app://llara/index.html')).toEqual({ cancel: false });
    const granted = vi.fn();
    request!({ getURL: () => 'app://llara/' }, 'media', granted);
    expect(granted).toHaveBeenCalledWith(false);
    expect(check!(null, 'geolocation', 'app://llara/')).toBe(false);
    expect(device!()).toBe(false);
    const download = { preventDefault: vi.fn() };
    electron.session.emit('will-download', download);
    expect(download.preventDefault).toHaveBeenCalled();
  });

  it('guards every page that is ever made', async () => {
    const { guardEveryPage } = await import('../../../src-main/desktop/security/session-guard.ts');
    guardEveryPage(electron.app as never);
    const contents = new FakeContents();
    electron.app.emit('web-contents-created', {}, contents);
    expect(contents.openHandler?.()).toEqual({ action: 'deny' });
    const tries = (name: string, details: object) => {
      const event = { preventDefault: vi.fn(), ...details };
      contents.emit(name, event);
      return event.preventDefault.mock.calls.length > 0 ? 'prevented' : 'allowed';
    };
    expect(tries('will-navigate', { url: 'https://example.org' })).toBe('prevented');
    expect(tries('will-navigate', { url: 'app://llara/index.html' })).toBe('allowed');
    expect(tries('will-frame-navigate', { url: 'https://example.org', isMainFrame: false })).toBe(
      'prevented',
    );
    expect(tries('will-frame-navigate', { url: 'about:blank', isMainFrame: false })).toBe('allowed');
    expect(tries('will-redirect', { url: 'app://llara/' })).toBe('prevented');
    expect(tries('will-attach-webview', {})).toBe('prevented');
  });

  it('hands the engine one end of a channel and the page the other', async () => {
    expect(await call('connectEngine', undefined)).toEqual({ value: undefined });
    const [given] = FakeUtilityProcess.all[0]!.posted;
    const [sent] = FakeWindow.all[0]!.webContents.sent;
    expect(given).toMatchObject({ message: { type: 'connect' }, transfer: [expect.anything()] });
    expect(sent).toMatchObject({ channel: 'llara:enginePort', payload: null, ports: [expect.anything()] });
    expect(given!.transfer[0]).not.toBe(sent!.ports[0]);
  });

  it('answers no call of a window that is not its own', async () => {
    const foreign = new FakeWindow({ webPreferences: {} });
    expect(await call('info', undefined, foreign)).toMatchObject({ failure: { code: 'bad-request' } });
    expect(await call('info', undefined)).toMatchObject({ value: { version: '0.1.0', view: 'main' } });
  });

  it('opens and shows no document before it knows of any folder', async () => {
    const failure = { message: '/etc/passwd.txt is in none of the folders that are searched.' };
    expect(await call('openWithSystem', '/etc/passwd.txt')).toMatchObject({ failure });
    expect(await call('revealInFolder', '/etc/passwd.txt')).toMatchObject({ failure });
  });

  it('tells the page of a crash, restarts the engine, and asks the person once it gave up', async () => {
    vi.useFakeTimers();
    for (let crash = 0; crash < 4; crash++) {
      FakeUtilityProcess.all.at(-1)!.emit('spawn');
      FakeUtilityProcess.all.at(-1)!.emit('exit', 11);
      vi.runOnlyPendingTimers();
    }
    vi.useRealTimers();
    expect(FakeUtilityProcess.all).toHaveLength(4);
    const states = FakeWindow.all[0]!.webContents.sent.filter(
      ({ channel }) => channel === 'llara:engineStateChanged',
    );
    expect(states.at(-1)?.payload).toMatchObject({ type: 'gone' });
    expect(electron.errors).toEqual(['The search engine has stopped']);
    expect(await call('engineState', undefined)).toMatchObject({ value: { type: 'gone' } });
  });

  it('shows a link of a second start, and a hit of the quick-search window, in the main window', async () => {
    const [window] = FakeWindow.all;
    window!.webContents.emit('did-finish-load');
    electron.app.emit('second-instance', {}, ['llara', 'llara://open?document=abc&page=2']);
    await vi.waitFor(() => expect(window!.webContents.sent).toHaveLength(1));
    await call('showInMainWindow', '#/document/x');
    expect(window!.webContents.sent.map(({ channel, payload }) => [channel, payload])).toEqual([
      ['llara:navigate', '#/document/abc?library=default&page=2'],
      ['llara:navigate', '#/document/x'],
    ]);
    expect(window!.visible).toBe(true);
  });

  it('hides on closing while somebody draws its tray icon, closes on quitting, and remembers its place', async () => {
    const [window] = FakeWindow.all;
    window!.show();
    const closing = { preventDefault: vi.fn() };
    window!.emit('close', closing);
    expect(closing.preventDefault).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(window!.visible).toBe(false));
    expect(electron.quits).toEqual([]);
    electron.app.emit('before-quit');
    window!.emit('close', closing);
    expect(closing.preventDefault).toHaveBeenCalledOnce();
    const place = join(home, 'window', 'place.json');
    expect(existsSync(place)).toBe(true);
    expect(JSON.parse(readFileSync(place, 'utf8'))).toMatchObject({ bounds: { x: 10, y: 20, width: 900 } });
    electron.app.emit('will-quit');
    expect(FakeUtilityProcess.all[0]!.killed).toBe(true);
  });

  it.skipIf(process.platform === 'darwin')(
    'quits on closing where nobody draws its tray icon, whatever other window is hidden',
    async () => {
      trayHost = false;
      FakeWindow.all[0]!.emit('close', { preventDefault: vi.fn() });
      await vi.waitFor(() => expect(electron.quits).toEqual(['quit']));
    },
  );

  it('asks once, and holds up nothing, when the page ends again and again', async () => {
    vi.useFakeTimers();
    const { webContents } = FakeWindow.all[0]!;
    const crash = () =>
      electron.app.emit('render-process-gone', {}, webContents, { reason: 'crashed', exitCode: 11 });
    electron.responses.push(0, 1);
    for (let time = 0; time < 3; time++) {
      crash();
      vi.runOnlyPendingTimers();
    }
    expect([webContents.reloads, electron.errors]).toEqual([3, []]);
    crash();
    crash();
    await vi.waitFor(() => expect(webContents.reloads).toBe(4));
    expect(electron.errors).toEqual(['The window has stopped']);
    expect(electron.buttons).toEqual([['Load Again', 'Quit']]);
    for (let time = 0; time < 4; time++) {
      crash();
      vi.runOnlyPendingTimers();
    }
    await vi.waitFor(() => expect(electron.quits).toEqual(['quit']));
    vi.useRealTimers();
  });

  it('picks folders with a title, from the own folder of the person on', async () => {
    await call('pickFolder', undefined);
    expect(electron.openDialogs).toMatchObject([
      { title: 'Choose a Folder to Search', buttonLabel: 'Choose Folder', defaultPath: homedir() },
    ]);
    await call('pickFile', undefined);
    expect(electron.openDialogs.at(-1)).toMatchObject({ title: 'Choose a File', properties: ['openFile'] });
    await call('pickModelFile', undefined);
    expect(electron.openDialogs.at(-1)).toMatchObject({ title: 'Choose a File', defaultPath: homedir() });
  });

  it('asks for the place of a new file, with the name that it is offered', async () => {
    expect(await call('pickNewFile', 'papers.llara')).toEqual({ value: '/home/a/papers.llara' });
    expect(electron.openDialogs.at(-1)).toMatchObject({ defaultPath: join(homedir(), 'papers.llara') });
    electron.saved.path = '';
    expect(await call('pickNewFile', 'papers.llara')).toEqual({ value: null });
    const dialogs = electron.openDialogs.length;
    for (const name of ['../papers.llara', 'C:\\papers.llara', ''])
      expect(await call('pickNewFile', name)).toMatchObject({ failure: { code: 'bad-request' } });
    expect(electron.openDialogs).toHaveLength(dialogs);
  });
});

describe('a window that was left maximized', () => {
  const home = mkdtempSync(join(tmpdir(), 'llara-window-'));
  const place = join(home, 'window', 'place.json');
  const bounds = { x: 10, y: 20, width: 900, height: 700 };
  afterEach(() => {
    vi.doUnmock('electron/main');
    rmSync(home, { recursive: true, force: true });
  });

  it('is not shown before there is something to see, and keeps its normal size', async () => {
    const electron = fakeElectron();
    vi.resetModules();
    vi.doMock('electron/main', () => electron.main);
    mkdirSync(join(home, 'window'), { recursive: true });
    writeFileSync(place, JSON.stringify({ bounds, maximized: true }));
    const { MainWindow } = await import('../../../src-main/desktop/windows/main-window.ts');
    const look = { preloadPath: '/p.cjs', iconPath: null, dark: false, devTools: false };
    new MainWindow({
      look: () => look,
      home,
      sendNavigate: () => {},
      isQuitting: () => true,
      staysReachable: async () => true,
      quit: () => {},
    }).show();
    const [window] = FakeWindow.all;
    expect(window!.visible).toBe(false);
    window!.emit('ready-to-show');
    expect([window!.visible, window!.maximized]).toEqual([true, true]);
    window!.emit('close', { preventDefault: vi.fn() });
    expect(JSON.parse(readFileSync(place, 'utf8'))).toEqual({ bounds, maximized: true });
  });
});

describe('the entry of the main process', () => {
  afterEach(() => {
    vi.doUnmock('electron/main');
    vi.doUnmock('electron/common');
  });

  it.each([
    [[], 1],
    [['no-sandbox'], 0],
  ])('with the switches %j asks for a sandbox everywhere %i times', async (switches, times) => {
    const electron = fakeElectron();
    const enableSandbox = vi.fn();
    Object.assign(electron.app, {
      enableSandbox,
      setName: () => {},
      setPath: () => {},
      requestSingleInstanceLock: () => false,
      commandLine: { hasSwitch: (name: string) => switches.includes(name as never), appendSwitch: () => {} },
    });
    vi.resetModules();
    vi.doMock('electron/main', () => electron.main);
    vi.doMock('electron/common', () => electron.common);
    await import('../../../src-main/desktop/main.ts');
    expect(enableSandbox).toHaveBeenCalledTimes(times);
    expect(electron.quits).toEqual(['quit']);
  });
});
