/**
 * How the page reaches the engine: over a MessagePort brokered by the desktop shell, or over HTTP to the loopback host
 * that served the page. Everything else in the page sees one typed client and never learns which it is.
 */
import { createORPCClient } from '@orpc/client';
import { RPCLink as FetchLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../src-main/contract/contract.ts';
import { type DesktopBridge, ENGINE_PORT_MESSAGE } from '../../src-main/contract/desktop-bridge.ts';

export type EngineClient = ContractRouterClient<Contract>;

/** `closed` settles when this way to the engine is known to be dead; over HTTP only a failing call tells. */
export interface EngineLink {
  readonly client: EngineClient;
  readonly closed: Promise<void>;
  close(): void;
}

/** A fresh link: under the desktop shell each call asks for a new port, so that a restarted engine is reached. */
export async function connectEngine(
  desktop: DesktopBridge | undefined,
  signal: AbortSignal,
): Promise<EngineLink> {
  if (!desktop) {
    const link = new FetchLink({ url: new URL('/rpc', window.location.href) });
    return { client: createORPCClient(link), closed: new Promise(() => {}), close() {} };
  }
  const port = await receivePort(desktop, signal);
  port.start();
  const closed = new Promise<void>((resolve) => port.addEventListener('close', () => resolve()));
  const client: EngineClient = createORPCClient(new PortLink({ port }));
  return { client, closed, close: () => port.close() };
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
