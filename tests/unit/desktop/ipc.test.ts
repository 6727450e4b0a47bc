import { describe, expect, it, vi } from 'vitest';
import { callNames, newsNames } from '../../../src-main/contract/desktop-calls.ts';
import { bindIpc, type IpcEvent } from '../../../src-main/desktop/ipc/bind-ipc.ts';
import { type CallHandlers, type CallReply, channelOf } from '../../../src-main/desktop/ipc/ipc-channels.ts';
import { type PreloadPorts, preloadBridge } from '../../../src-main/desktop/ipc/preload-bridge.ts';

type Listener = (event: IpcEvent<string>, input: unknown) => Promise<unknown>;

const page = { url: 'app://llara/index.html', parent: null };

function bound() {
  const channels = new Map<string, Listener>();
  const handlers = Object.fromEntries(callNames.map((name) => [name, vi.fn((input) => input)]));
  const unbind = bindIpc<string>({
    ipcMain: {
      handle: (channel, listener) => void channels.set(channel, listener as Listener),
      removeHandler: (channel) => void channels.delete(channel),
    },
    isOurWindow: (sender) => sender === 'ours',
    handlers: handlers as unknown as CallHandlers<string>,
  });
  const call = (name: string, input: unknown, event: Partial<IpcEvent<string>> = {}) =>
    channels.get(name)!({ sender: 'ours', senderFrame: page, ...event }, input);
  return { channels, handlers, unbind, call };
}

describe('calls from the page', () => {
  it('are bound once each, and unbound', () => {
    const { channels, unbind } = bound();
    expect([...channels.keys()].sort()).toEqual(callNames.map(channelOf).sort());
    unbind();
    expect(channels.size).toBe(0);
  });

  it('are refused on every channel for a wrong sender, before the handler runs', async () => {
    const { handlers, call } = bound();
    for (const name of callNames) {
      const channel = channelOf(name);
      const foreign = { senderFrame: { url: 'https://example.org', parent: null } };
      for (const event of [foreign, { sender: 'other' }, { senderFrame: null }]) {
        expect(await call(channel, undefined, event)).toEqual({
          failure: { code: 'bad-request', message: `The call ${name} did not come from a page of this app.` },
        });
      }
      expect(handlers[name]).not.toHaveBeenCalled();
    }
  });

  it.each([
    ['openWithSystem', 7],
    ['openWithSystem', ''],
    ['revealInFolder', { path: '/a' }],
    ['showInMainWindow', 'https://example.org'],
    ['showInMainWindow', '#nowhere'],
    ['copyLink', { library: 'default', documentId: 'a', page: 0 }],
    ['info', 'something'],
  ] as const)('are refused with a wrong argument: %s %j', async (name, input) => {
    const { handlers, call } = bound();
    expect(await call(channelOf(name), input)).toEqual({
      failure: { code: 'bad-request', message: `The call ${name} has a wrong argument.` },
    });
    expect(handlers[name]).not.toHaveBeenCalled();
  });

  it('reach their handler with the checked input and the sender', async () => {
    const { handlers, call } = bound();
    expect(await call('llara:showInMainWindow', '#/document/a?page=3')).toEqual({
      value: '#/document/a?page=3',
    });
    expect(handlers.showInMainWindow).toHaveBeenCalledWith('#/document/a?page=3', 'ours');
  });
});

describe('the preload bridge', () => {
  function fakePorts() {
    const listeners = new Map<string, Set<(payload: unknown, ports: readonly unknown[]) => void>>();
    const ports = {
      platform: 'linux',
      invoke: vi.fn(async () => ({ value: null }) as CallReply),
      on: vi.fn((channel, listener) => {
        const set = listeners.get(channel) ?? new Set();
        listeners.set(channel, set.add(listener));
        return () => void set.delete(listener);
      }),
      pathForFile: vi.fn((file: File) => (file.name === 'lost' ? '' : `/home/a/${file.name}`)),
      postToPage: vi.fn(),
    } satisfies PreloadPorts;
    const emit = (channel: string, payload: unknown, handedOver: unknown[] = []) => {
      for (const listener of listeners.get(channel) ?? []) listener(payload, handedOver);
    };
    return { ports, emit };
  }

  it('has a method for every call and every news but the port, and asks each on its channel', async () => {
    const { ports } = fakePorts();
    const bridge = preloadBridge(ports) as unknown as Record<string, (input: unknown) => unknown>;
    for (const name of callNames.filter((name) => name !== 'connectEngine')) {
      await bridge[name]!('given');
      expect(ports.invoke).toHaveBeenLastCalledWith(channelOf(name), 'given');
    }
    expect(Object.keys(bridge).filter((name) => /^on[A-Z]/.test(name))).toHaveLength(newsNames.length - 1);
    expect(bridge).not.toHaveProperty('connectEngine');
  });

  it('uses declared channels alone', async () => {
    const { ports } = fakePorts();
    const bridge = preloadBridge(ports);
    bridge.requestEnginePort();
    await bridge.info();
    await bridge.pickFolder();
    await bridge.openWithSystem('/home/a/x.pdf');
    await bridge.copyLink({ library: 'default', documentId: 'doc', page: 2 });
    const declared = new Set([...callNames, ...newsNames].map(channelOf));
    const used = [...ports.invoke.mock.calls, ...ports.on.mock.calls].map(([channel]) => channel as string);
    expect(used.length).toBeGreaterThanOrEqual(6);
    for (const channel of used) expect(declared).toContain(channel);
  });

  it('hands the engine port over as a window message of the agreed shape', () => {
    const { ports, emit } = fakePorts();
    preloadBridge(ports);
    emit('llara:enginePort', null, ['the port']);
    expect(ports.postToPage).toHaveBeenCalledWith({ type: 'llara:engine-port' }, ['the port']);
  });

  it('passes news on without the event, until the page stops listening', () => {
    const { ports, emit } = fakePorts();
    const listener = vi.fn();
    const stop = preloadBridge(ports).onNavigate(listener);
    emit('llara:navigate', '#/settings');
    stop();
    emit('llara:navigate', '#/library');
    expect(listener.mock.calls).toEqual([['#/settings']]);
  });

  it('tells the path of a dropped folder, or that there is none', () => {
    const bridge = preloadBridge(fakePorts().ports);
    expect(bridge.pathOfDropped(new File([], 'Papers'))).toBe('/home/a/Papers');
    expect(bridge.pathOfDropped(new File([], 'lost'))).toBeNull();
  });

  it('gives the page the plain message of a failure, and swallows that of the port request alone', async () => {
    const { ports } = fakePorts();
    ports.invoke.mockResolvedValue({
      failure: { code: 'bad-request', message: 'That folder is not searched.' },
    });
    const bridge = preloadBridge(ports);
    bridge.requestEnginePort();
    await expect(bridge.revealInFolder('/x')).rejects.toThrow(/^That folder is not searched\.$/);
  });
});
