/** Answers of the main process to the page's calls. Each is a few lines over Electron; decisions lie in files of their own. */
import { homedir } from 'node:os';
import { shell } from 'electron/common';
import { app, clipboard, type MessagePortMain, type WebContents } from 'electron/main';
import { AppError } from '../../common/app-error.ts';
import { formatDocumentLink } from '../../common/links/document-link.ts';
import type { EngineBroker } from '../engine/engine-broker.ts';
import { pickNewFile, pickPath } from '../pick-path.ts';
import { mayOpenDocument } from '../security/may-open-document.ts';
import { loginItemSituation } from '../tray/apply-login-item.ts';
import { planLoginItem } from '../tray/login-item.ts';
import type { UpdateCheck } from '../updates/update-check.ts';
import type { MainWindow } from '../windows/main-window.ts';
import type { QuickShortcut } from '../windows/quick-shortcut.ts';
import type { QuickWindow } from '../windows/quick-window.ts';
import { type CallHandlers, channelOf } from './ipc-channels.ts';

export interface ShellParts {
  main: MainWindow;
  quick: QuickWindow;
  broker: EngineBroker<MessagePortMain>;
  shortcut: QuickShortcut;
  updates: UpdateCheck;
  /** Absolute paths of all libraries' folders. */
  folders(): string[];
}

export function shellHandlers(parts: ShellParts): CallHandlers<WebContents> {
  const { main, quick, broker, shortcut, updates } = parts;
  return {
    info: (_nothing, sender) => {
      const plan = planLoginItem(true, loginItemSituation());
      return {
        version: app.getVersion(),
        view: sender === quick.window?.webContents ? 'quick' : 'main',
        startAtLogin: plan.type === 'not-supported' ? plan : { type: 'supported' },
      };
    },
    connectEngine: (_nothing, sender) =>
      broker.connect((port) => {
        if (sender.isDestroyed()) port.close();
        else sender.postMessage(channelOf('enginePort'), null, [port]);
      }),
    engineState: () => broker.state,
    restartEngine: () => broker.restart(),
    pickFolder: () =>
      pickPath(main.window, { properties: ['openDirectory', 'createDirectory'], defaultPath: homedir() }),
    pickFile: () => pickPath(main.window, { properties: ['openFile'] }),
    pickModelFile: () =>
      pickPath(main.window, {
        properties: ['openFile'],
        filters: [{ name: 'Models', extensions: ['gguf'] }],
      }),
    pickNewFile: (name) => pickNewFile(main.window, name),
    revealInFolder: (path) => shell.showItemInFolder(allowed(path, parts, 'reveal')),
    openWithSystem: async (path) => {
      const problem = await shell.openPath(allowed(path, parts, 'open'));
      if (problem) throw new AppError('path-not-readable', `${path} was not opened: ${problem}`);
    },
    copyLink: (link) => clipboard.writeText(formatDocumentLink(link)),
    shortcutState: () => shortcut.state,
    showInMainWindow: (hash) => {
      quick.hide();
      main.show(hash);
    },
    hideQuickSearch: () => quick.hide(),
    checkForUpdate: () => updates.check(),
    downloadUpdate: () => updates.download(),
    installUpdate: () => updates.install(),
  };
}

function allowed(path: string, parts: ShellParts, use: 'open' | 'reveal'): string {
  const decision = mayOpenDocument(path, parts.folders(), use);
  if (decision.type === 'refused') throw new AppError('bad-request', decision.reason);
  return decision.path;
}
