/** The composition of the main process: makes every part once and connects them. It computes nothing. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { shell } from 'electron/common';
import type { BrowserWindow, MessagePortMain, WebContents } from 'electron/main';
import {
  app,
  BrowserWindow as Browser,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  nativeTheme,
  powerMonitor,
  session,
} from 'electron/main';
import type { NewsName, NewsPayload } from '../contract/desktop-calls.ts';
import type { EngineState } from '../contract/desktop-shell.ts';
import type { EngineEvent } from '../contract/events.ts';
import { bindAppEvents } from './app-events.ts';
import { appIdentity } from './app-identity.ts';
import { applicationMenu } from './application-menu.ts';
import { BatteryPause } from './engine/battery-pause.ts';
import { EngineBroker } from './engine/engine-broker.ts';
import { emptyMirror, mirrorEvent } from './engine/engine-mirror.ts';
import { EngineObserver } from './engine/engine-observer.ts';
import { forkEngine } from './engine/engine-process.ts';
import { type JobNotice, JobNotices } from './engine/job-notices.ts';
import { bindIpc } from './ipc/bind-ipc.ts';
import { channelOf } from './ipc/ipc-channels.ts';
import { shellHandlers } from './ipc/shell-handlers.ts';
import { hashOfLink, linkFromArguments } from './security/deep-link.ts';
import { servePage } from './security/page-protocol.ts';
import { guardSession } from './security/session-guard.ts';
import { applyLoginItem } from './tray/apply-login-item.ts';
import { ShellTray } from './tray/tray.ts';
import { hasTrayHost } from './tray/tray-host.ts';
import { trayState } from './tray/tray-state.ts';
import { loadUpdater } from './updates/load-updater.ts';
import { UpdateCheck } from './updates/update-check.ts';
import { updateSituation } from './updates/update-situation.ts';
import { MainWindow } from './windows/main-window.ts';
import { QuickShortcut } from './windows/quick-shortcut.ts';
import { QuickWindow } from './windows/quick-window.ts';
import type { WindowLook } from './windows/window-options.ts';

export interface ShellPlaces {
  /** Folder of the bundled main process, `out/main`. */
  mainFolder: string;
  home: string;
}

export class DesktopShellApp {
  readonly #places: ShellPlaces;
  readonly #devTools = !app.isPackaged;
  readonly #main: MainWindow;
  readonly #quick: QuickWindow;
  readonly #broker: EngineBroker<MessagePortMain>;
  readonly #observer: EngineObserver;
  readonly #shortcut: QuickShortcut;
  readonly #updates: UpdateCheck;
  readonly #notices = new JobNotices();
  readonly #battery = new BatteryPause();
  #mirror = emptyMirror;
  #tray: ShellTray | null = null;
  #quitting = false;
  readonly #shown = new Set<Notification>();

  constructor(places: ShellPlaces) {
    this.#places = places;
    this.#main = new MainWindow({
      look: () => this.#look(),
      home: places.home,
      sendNavigate: (window, hash) => this.#send(window, 'navigate', hash),
      isQuitting: () => this.#quitting,
      staysReachable: () => this.#staysReachable(),
      quit: () => app.quit(),
    });
    this.#quick = new QuickWindow(() => this.#look());
    this.#broker = new EngineBroker<MessagePortMain>({
      fork: () => forkEngine(places.mainFolder, places.home),
      createChannel: () => {
        const { port1, port2 } = new MessageChannelMain();
        return [port1, port2];
      },
      onState: (state) => this.#onEngineState(state),
    });
    this.#observer = new EngineObserver({
      onEvent: (event) => this.#onEvent(event),
      onProblem: (error) => console.warn(`The engine's events ended: ${String(error)}`),
    });
    this.#shortcut = new QuickShortcut(globalShortcut, () => this.#quick.toggle());
    this.#updates = new UpdateCheck(updateSituation(), loadUpdater);
    bindAppEvents({
      show: (hash) => this.#main.show(hash),
      addFolder: (path) => this.#addFolder(path),
      onPower: () => this.#onPower(),
      hasTray: () => this.#tray !== null,
      onQuitting: () => {
        this.#quitting = true;
      },
      onQuit: () => {
        this.#broker.stop();
        this.#tray?.dispose();
        this.#tray = null;
      },
    });
  }

  start(): void {
    guardSession(session.defaultSession, { devTools: this.#devTools });
    servePage(session.defaultSession, join(this.#places.mainFolder, '../renderer'));
    this.#bindPage();
    this.#broker.start();
    this.#tray = this.#createTray();
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(
        applicationMenu(this.#menuActions(), {
          mac: process.platform === 'darwin',
          devTools: this.#devTools,
        }),
      ),
    );
    const link = linkFromArguments(process.argv);
    if (link) this.#main.show(hashOfLink(link));
    else if (!process.argv.includes('--hidden')) this.#main.show();
    else void this.#showUnlessReachable();
  }

  /** At login the panel that shows tray icons may come after the app; without one there would be no way to the window. */
  async #showUnlessReachable(): Promise<void> {
    for (let tries = 0; tries < 10; tries++) {
      if (await this.#staysReachable()) return;
      await delay(2_000);
    }
    if (!this.#quitting) this.#main.show();
  }

  async #staysReachable(): Promise<boolean> {
    if (process.platform === 'darwin') return true; // The dock brings the window back.
    return this.#tray !== null && hasTrayHost({ platform: process.platform, environment: process.env });
  }

  #bindPage(): void {
    bindIpc<WebContents>({
      ipcMain,
      isOurWindow: (sender) => this.#windows().some((window) => window.webContents === sender),
      handlers: shellHandlers({
        main: this.#main,
        quick: this.#quick,
        broker: this.#broker,
        shortcut: this.#shortcut,
        updates: this.#updates,
        folders: () => [...this.#mirror.folders.values()].flat(),
      }),
    });
  }

  #onEngineState(state: EngineState): void {
    this.#broadcast('engineStateChanged', state);
    this.#redrawTray();
    if (state.type === 'running') {
      this.#broker.connect((port) => {
        port.start();
        void this.#observer.follow(port);
      });
    }
    if (state.type === 'gone') void this.#tellEngineGone(state.reason);
  }

  async #tellEngineGone(reason: string): Promise<void> {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      title: appIdentity.name,
      message: 'The search engine has stopped',
      detail: `${reason}\n\nYour documents and the index are safe. Unfinished work goes on after a restart.`,
      buttons: ['Start Again', 'Quit', 'Close'],
      defaultId: 0,
      cancelId: 2,
    });
    if (response === 0) this.#broker.restart();
    if (response === 1) app.quit();
  }

  #onEvent(event: EngineEvent): void {
    this.#mirror = mirrorEvent(this.#mirror, event);
    if (event.type === 'snapshot') this.#notices.ignore(event.snapshot.jobs);
    if (event.type === 'snapshot' || event.type === 'settings') this.#applySettings();
    if (event.type === 'job') {
      const notice = this.#notices.next(event.job, { windowFocused: this.#main.focused });
      if (notice) this.#notify(notice);
      this.#onPower();
    }
    if (event.type === 'snapshot' || event.type === 'job') this.#redrawTray();
  }

  /** Held until it is closed; a collected notice would no longer answer a click. */
  #notify({ title, body, hash }: JobNotice): void {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    this.#shown.add(notification);
    notification.on('click', () => this.#main.show(hash));
    notification.on('close', () => this.#shown.delete(notification));
    notification.show();
  }

  #applySettings(): void {
    const settings = this.#mirror.settings;
    if (!settings) return;
    nativeTheme.themeSource = settings.theme;
    const before = this.#shortcut.state;
    const shortcut = this.#shortcut.use(settings.quickSearchShortcut);
    if (shortcut !== before) this.#broadcast('shortcutStateChanged', shortcut);
    applyLoginItem(settings.startAtLogin);
    this.#onPower();
  }

  #onPower(): void {
    const pauseOnBattery = this.#mirror.settings?.pauseOnBattery ?? false;
    const power = { onBattery: powerMonitor.isOnBatteryPower(), pauseOnBattery };
    void this.#observer.apply(this.#battery.update(power, this.#mirror.jobs.values()), 'battery');
  }

  #createTray(): ShellTray | null {
    try {
      return new ShellTray(join(this.#places.mainFolder, '../../resources/icons'), {
        show: () => this.#main.show(),
        quickSearch: () => this.#quick.toggle(),
        apply: (actions) => void this.#observer.apply(actions, 'person'),
        quit: () => app.quit(),
      });
    } catch (error) {
      console.warn(`No tray: ${String(error)}`); // Closing the window then quits.
      return null;
    }
  }

  #redrawTray(): void {
    this.#tray?.update(trayState(this.#broker.state, this.#mirror.jobs.values()));
  }

  #menuActions() {
    return {
      navigate: (hash: string) => this.#main.show(hash),
      addFolder: () => this.#main.show('#/library?add='),
      quickSearch: () => this.#quick.toggle(),
      checkForUpdate: () => this.#main.show('#/settings'),
      showLicences: () => void shell.openPath(this.#resource('licences/THIRD-PARTY.txt')),
      quit: () => app.quit(),
    };
  }

  /** Offered by the page, which knows the library it shows. */
  #addFolder(path: string): void {
    this.#main.show(`#/library?add=${encodeURIComponent(path)}`);
  }

  /** Files outside the archive lie beside it in a package, and in the project's `resources` otherwise. */
  #resource(path: string): string {
    return app.isPackaged
      ? join(process.resourcesPath, path)
      : join(this.#places.mainFolder, '../../resources', path);
  }

  #look(): WindowLook {
    return {
      preloadPath: join(this.#places.mainFolder, '../preload/preload.cjs'),
      iconPath:
        process.platform === 'linux' ? join(this.#places.mainFolder, '../../resources/icons/icon.png') : null,
      dark: nativeTheme.shouldUseDarkColors,
      devTools: this.#devTools,
    };
  }

  #windows(): BrowserWindow[] {
    return [this.#main.window, this.#quick.window].filter((window) => window instanceof Browser);
  }

  #broadcast<Name extends NewsName>(name: Name, payload: NewsPayload<Name>): void {
    for (const window of this.#windows()) this.#send(window, name, payload);
  }

  #send<Name extends NewsName>(window: BrowserWindow, name: Name, payload: NewsPayload<Name>): void {
    if (!window.isDestroyed()) window.webContents.send(channelOf(name), payload);
  }
}
