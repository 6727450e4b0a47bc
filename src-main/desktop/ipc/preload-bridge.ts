/**
 * Builds what the page finds as `window.llara` from three functions of Electron, so that it runs in a test without it.
 * The page gets these methods alone: no channel name, no event object, no `ipcRenderer`.
 */
import { ENGINE_PORT_MESSAGE } from '../../contract/desktop-bridge.ts';
import type { DesktopShell } from '../../contract/desktop-shell.ts';
import {
  channelOf,
  type InvokeInput,
  type InvokeName,
  type InvokeOutput,
  type InvokeReply,
  type NotifyName,
  type NotifyPayload,
} from './ipc-channels.ts';

export interface PreloadPorts {
  platform: string;
  invoke(channel: string, input: unknown): Promise<unknown>;
  /** Returns a function that ends the subscription. */
  on(channel: string, listener: (payload: unknown, ports: readonly unknown[]) => void): () => void;
  pathForFile(file: File): string;
  /** `window.postMessage` to the page itself, its own origin being the target. */
  postToPage(message: unknown, ports: readonly unknown[]): void;
}

export function preloadBridge(ports: PreloadPorts): DesktopShell {
  const call = async <Name extends InvokeName>(name: Name, input: InvokeInput<Name>) => {
    const reply = (await ports.invoke(channelOf(name), input)) as InvokeReply;
    // Across the context bridge an error keeps its message alone.
    if ('failure' in reply) throw new Error(reply.failure.message);
    return reply.value as InvokeOutput<Name>;
  };
  const listen = <Name extends NotifyName>(name: Name, listener: (payload: NotifyPayload<Name>) => void) =>
    ports.on(channelOf(name), (payload) => listener(payload as NotifyPayload<Name>));

  ports.on(channelOf('enginePort'), (_payload, handedOver) => {
    ports.postToPage({ type: ENGINE_PORT_MESSAGE }, handedOver);
  });

  return {
    platform: ports.platform,
    requestEnginePort: () => {
      // A refusal needs no answer here: the page learns of the engine's state by `onEngineState`.
      call('connectEngine', undefined).catch(() => {});
    },
    pickFolder: () => call('pickFolder', undefined),
    pickModelFile: () => call('pickModelFile', undefined),
    revealInFolder: (path) => call('revealInFolder', path),
    openWithSystem: (path) => call('openWithSystem', path),
    pathOfDropped: (file) => ports.pathForFile(file) || null,
    onNavigate: (listener) => listen('navigate', listener),
    info: () => call('info', undefined),
    engineState: () => call('engineState', undefined),
    onEngineState: (listener) => listen('engineStateChanged', listener),
    restartEngine: () => call('restartEngine', undefined),
    copyLink: (library, documentId, page) => call('copyLink', { library, documentId, page }),
    shortcutState: () => call('shortcutState', undefined),
    onShortcutState: (listener) => listen('shortcutStateChanged', listener),
    showInMainWindow: (hash) => call('showInMainWindow', hash),
    hideQuickSearch: () => call('hideQuickSearch', undefined),
    checkForUpdate: () => call('checkForUpdate', undefined),
    downloadUpdate: () => call('downloadUpdate', undefined),
    installUpdate: () => call('installUpdate', undefined),
  } satisfies DesktopShell;
}
