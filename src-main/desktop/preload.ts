/** Entry of the preload script of both windows: hands the page its bridge and the engine's port, and nothing of Electron. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { preloadBridge } from './ipc/preload-bridge.ts';

declare const window: {
  location: { origin: string };
  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void;
};

const bridge = preloadBridge({
  platform: process.platform,
  invoke: (channel, input) => ipcRenderer.invoke(channel, input),
  on: (channel, listener) => {
    const onMessage = (event: Electron.IpcRendererEvent, payload: unknown) => listener(payload, event.ports);
    ipcRenderer.on(channel, onMessage);
    return () => ipcRenderer.off(channel, onMessage);
  },
  pathForFile: (file) => webUtils.getPathForFile(file),
  postToPage: (message, ports) => window.postMessage(message, window.location.origin, ports),
});

contextBridge.exposeInMainWorld('llara', bridge);
