/** The parts of Electron's main-process modules that the shell uses, as plain objects that remember what was done to them. */
import { EventEmitter } from 'node:events';

export class FakeContents extends EventEmitter {
  readonly sent: { channel: string; payload: unknown; ports: unknown[] }[] = [];
  reloads = 0;
  openHandler: (() => { action: string }) | null = null;
  send(channel: string, payload: unknown): void {
    this.sent.push({ channel, payload, ports: [] });
  }
  postMessage(channel: string, payload: unknown, ports: unknown[]): void {
    this.sent.push({ channel, payload, ports });
  }
  setWindowOpenHandler(handler: () => { action: string }): void {
    this.openHandler = handler;
  }
  destroyed = false;
  isDestroyed = () => this.destroyed;
  isDevToolsOpened = () => false;
  reload(): void {
    this.reloads += 1;
  }
}

export class FakeWindow extends EventEmitter {
  static all: FakeWindow[] = [];
  readonly webContents = new FakeContents();
  url = '';
  visible = false;
  maximized = false;
  bounds = { x: 10, y: 20, width: 900, height: 700 };
  normalBounds = this.bounds;
  readonly options: { webPreferences: Record<string, unknown> };
  constructor(options: { webPreferences: Record<string, unknown> }) {
    super();
    this.options = options;
    FakeWindow.all.push(this);
  }
  async loadURL(url: string): Promise<void> {
    this.url = url;
  }
  show(): void {
    this.visible = true;
  }
  hide(): void {
    this.visible = false;
  }
  focus(): void {}
  restore(): void {}
  /** As on Linux: it shows the window, and one that was never shown loses its normal size. */
  maximize(): void {
    if (!this.visible) this.normalBounds = maximizedBounds;
    this.bounds = maximizedBounds;
    this.maximized = true;
    this.visible = true;
  }
  setPosition(): void {}
  isFocused = () => false;
  isVisible = () => this.visible;
  isMinimized = () => false;
  isMaximized = () => this.maximized;
  isDestroyed = () => false;
  getBounds = () => this.bounds;
  getNormalBounds = () => this.normalBounds;
}

const maximizedBounds = { x: 0, y: 0, width: 1920, height: 1080 };

export class FakeUtilityProcess extends EventEmitter {
  static all: FakeUtilityProcess[] = [];
  readonly posted: { message: unknown; transfer: unknown[] }[] = [];
  killed = false;
  readonly path: string;
  readonly args: string[];
  readonly stdout = null;
  readonly stderr = null;
  constructor(path: string, args: string[]) {
    super();
    this.path = path;
    this.args = args;
    FakeUtilityProcess.all.push(this);
  }
  postMessage(message: unknown, transfer: unknown[] = []): void {
    this.posted.push({ message, transfer });
  }
  kill(): boolean {
    this.killed = true;
    return true;
  }
}

class FakePort extends EventEmitter {
  start(): void {}
  close(): void {}
  postMessage(): void {}
}

/** One object per test; `main` and `common` stand in for `electron/main` and `electron/common`. */
export function fakeElectron() {
  FakeWindow.all = [];
  FakeUtilityProcess.all = [];
  const handlers = new Map<string, (event: unknown, input: unknown) => Promise<unknown>>();
  const session = Object.assign(new EventEmitter(), {
    guards: {} as Record<string, (...args: never[]) => unknown>,
    protocol: { handle: (scheme: string) => void handled.push(scheme) },
    setPermissionRequestHandler: (guard: never) => void Object.assign(session.guards, { request: guard }),
    setPermissionCheckHandler: (guard: never) => void Object.assign(session.guards, { check: guard }),
    setDevicePermissionHandler: (guard: never) => void Object.assign(session.guards, { device: guard }),
    setSpellCheckerEnabled: () => {},
    webRequest: {
      onBeforeRequest: (guard: never) => void Object.assign(session.guards, { network: guard }),
    },
  });
  const handled: string[] = [];
  const errors: string[] = [];
  const quits: string[] = [];
  /** What the person presses in the next message boxes, first box first; Close, the third button, when there is none left. */
  const responses: number[] = [];
  /** Of each box of a message, in the order of `errors`. */
  const buttons: (string[] | undefined)[] = [];
  const openDialogs: Record<string, unknown>[] = [];
  /** What a person answers to the dialog of a new file; empty where they close it. */
  const saved = { path: '/home/a/papers.llara' };
  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    whenReady: () => Promise.resolve(),
    quit: () => void quits.push('quit'),
    getVersion: () => '0.1.0',
    getPath: () => '/opt/llara/llara',
    getLoginItemSettings: () => ({ openAtLogin: false }),
    setLoginItemSettings: () => {},
    setAsDefaultProtocolClient: () => true,
  });
  const main = {
    app,
    BrowserWindow: FakeWindow,
    clipboard: { writeText: () => {} },
    dialog: {
      showMessageBox: async (options: { message: string; buttons?: string[] }) => {
        errors.push(options.message);
        buttons.push(options.buttons);
        return { response: responses.shift() ?? 2 };
      },
      showErrorBox: () => {
        throw new Error('This box stops the main process until it is closed.');
      },
      showOpenDialog: async (...given: Record<string, unknown>[]) => {
        openDialogs.push(given.at(-1)!);
        return { filePaths: ['/home/a/Papers'] };
      },
      showSaveDialog: async (...given: Record<string, unknown>[]) => {
        openDialogs.push(given.at(-1)!);
        return { filePath: saved.path };
      },
    },
    globalShortcut: { register: () => true, unregister: () => {}, unregisterAll: () => {} },
    ipcMain: {
      handle: (channel: string, handler: never) => void handlers.set(channel, handler),
      removeHandler: (channel: string) => void handlers.delete(channel),
    },
    Menu: { setApplicationMenu: () => {}, buildFromTemplate: (template: unknown) => template },
    MessageChannelMain: class {
      port1 = new FakePort();
      port2 = new FakePort();
    },
    Notification: class extends EventEmitter {
      static isSupported = () => false;
      show(): void {}
    },
    nativeTheme: { themeSource: 'system', shouldUseDarkColors: false },
    powerMonitor: Object.assign(new EventEmitter(), { isOnBatteryPower: () => false }),
    protocol: { registerSchemesAsPrivileged: () => {} },
    screen: {
      getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
      getDisplayNearestPoint: () => ({ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }),
      getCursorScreenPoint: () => ({ x: 0, y: 0 }),
    },
    session: { defaultSession: session },
    Tray: class extends EventEmitter {
      setImage(): void {}
      setToolTip(): void {}
      setContextMenu(): void {}
      destroy(): void {}
    },
    utilityProcess: { fork: (path: string, args: string[]) => new FakeUtilityProcess(path, args) },
  };
  const common = {
    nativeImage: { createFromPath: () => ({ setTemplateImage: () => {} }) },
    shell: { openPath: async () => '', showItemInFolder: () => {} },
  };
  return {
    main,
    common,
    handlers,
    session,
    handled,
    errors,
    quits,
    responses,
    buttons,
    openDialogs,
    saved,
    app,
  };
}
