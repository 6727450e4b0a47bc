/**
 * How the page reaches the engine: over a MessagePort brokered by the desktop shell, or over HTTP to the loopback host
 * that served the page. Everything else in the page sees one typed client and never learns which it is.
 */
import { type ClientLink, createORPCClient } from '@orpc/client';
import { RPCLink as FetchLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../src-main/contract/contract.ts';
import { type DesktopBridge, ENGINE_PORT_MESSAGE } from '../../src-main/contract/desktop-bridge.ts';

export type EngineClient = ContractRouterClient<Contract>;

/** What a call goes through. */
export type EngineCalls = ClientLink<Record<never, never>>;

/** `closed` settles when this way to the engine is known to be dead; over HTTP only a failing call tells. */
export interface EngineLink {
  readonly client: EngineClient;
  /** What the client's calls go through. */
  readonly calls: EngineCalls;
  readonly closed: Promise<void>;
  close(): void;
}

/** A client whose every call goes through what `calls` resolves to by then. */
export function clientThrough(calls: (signal?: AbortSignal) => Promise<EngineCalls>): EngineClient {
  return createORPCClient<EngineClient>({
    call: async (path, input, options) => (await calls(options.signal)).call(path, input, options),
  });
}

/** A fresh link: under the desktop shell each call asks for a new port, so that a restarted engine is reached. */
export async function connectEngine(
  desktop: DesktopBridge | undefined,
  signal: AbortSignal,
): Promise<EngineLink> {
  if (!desktop) {
    const calls: EngineCalls = new FetchLink({ url: new URL('/rpc', window.location.href) });
    return { client: createORPCClient(calls), calls, closed: new Promise(() => {}), close() {} };
  }
  const port = await receivePort(desktop, signal);
  port.start();
  const closed = new Promise<void>((resolve) => port.addEventListener('close', () => resolve()));
  const calls: EngineCalls = new PortLink({ port });
  return { client: createORPCClient(calls), calls, closed, close: () => port.close() };
}

function receivePort(desktop: DesktopBridge, signal: AbortSignal): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      window.removeEventListener('message', onMessage);
      signal.removeEventListener('abort', onAbort);
    };
    const onMessage = (event: MessageEvent) => {
      const port = event.ports[0];
      if (event.source !== window || event.data?.type !== ENGINE_PORT_MESSAGE || !port) return;
      stop();
      resolve(port);
    };
    const onAbort = () => {
      stop();
      reject(signal.reason);
    };
    window.addEventListener('message', onMessage);
    signal.addEventListener('abort', onAbort, { once: true });
    desktop.requestEnginePort();
  });
}
