/**
 * Builds what the page finds as `window.llara` from three functions of Electron, so that it runs in a test without it.
 * The page gets these methods alone: no channel name, no event object, no `ipcRenderer`.
 */
import { type DesktopBridge, ENGINE_PORT_MESSAGE } from '../../contract/desktop-bridge.ts';
import { type CallName, callNames, type NewsName, newsNames } from '../../contract/desktop-calls.ts';
import { type CallReply, channelOf } from './ipc-channels.ts';

export interface PreloadPorts {
  platform: string;
  invoke(channel: string, input: unknown): Promise<unknown>;
  /** Returns a function that ends the subscription. */
  on(channel: string, listener: (payload: unknown, ports: readonly unknown[]) => void): () => void;
  pathForFile(file: File): string;
  /** `window.postMessage` to the page itself, its own origin being the target. */
  postToPage(message: unknown, ports: readonly unknown[]): void;
}

export function preloadBridge(ports: PreloadPorts): DesktopBridge {
  const call = async (name: CallName, input: unknown) => {
    const reply = (await ports.invoke(channelOf(name), input)) as CallReply;
    // Across the context bridge an error keeps its message alone.
    if ('failure' in reply) throw new Error(reply.failure.message);
    return reply.value;
  };
  const listen = (name: NewsName, listener: (payload: unknown) => void) =>
    ports.on(channelOf(name), (payload) => listener(payload));

  ports.on(channelOf('enginePort'), (_payload, handedOver) => {
    ports.postToPage({ type: ENGINE_PORT_MESSAGE }, handedOver);
  });

  const calls = callNames
    .filter((name) => name !== 'connectEngine')
    .map((name) => [name, (input: unknown) => call(name, input)] as const);
  const news = newsNames
    .filter((name) => name !== 'enginePort')
    .map((name) => [listenerName(name), (listener: (payload: unknown) => void) => listen(name, listener)]);

  return {
    // Made of the names that the type is made of.
    ...(Object.fromEntries([...calls, ...news]) as unknown as DesktopBridge),
    platform: ports.platform,
    requestEnginePort: () => {
      // A refusal needs no answer here: the page learns of the engine's state by its news.
      call('connectEngine', undefined).catch(() => {});
    },
    pathOfDropped: (file) => ports.pathForFile(file) || null,
  };
}

function listenerName(name: NewsName): string {
  return `on${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
