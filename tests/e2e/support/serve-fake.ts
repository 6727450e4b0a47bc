/** Serves the built page with the fake engine behind it, through the product's own host. */
import { startHost } from '../../../src-main/host/start-host.ts';
import { createFakeEngine, type FakeEngine } from '../../support/fake-engine/fake-engine.ts';
import type { FakeEngineOptions } from '../../support/fake-engine/fake-state.ts';

export interface FakeHost {
  readonly engine: FakeEngine;
  readonly pageUrl: string;
  readonly port: number;
  readonly token: string;
  close(): Promise<void>;
  /** Goes away and comes back at the same address, as a restarted engine does. */
  reopen(): Promise<void>;
}

/** `address`: where it is to be served if that is free, so that a browser finds in its cache what it had from there. */
export async function serveFake(
  options: FakeEngineOptions = {},
  address: { port: number; token: string } | null = null,
): Promise<FakeHost> {
  const engine = createFakeEngine(options);
  const open = (port: number, token?: string) =>
    startHost({ router: engine.router, rendererDirectory: 'out/renderer', port, token });
  let host = address
    ? await open(address.port, address.token).catch(() => open(0, address.token))
    : await open(0);
  const { pageUrl, token } = host;
  const port = Number(new URL(host.url).port);
  return {
    engine,
    pageUrl,
    port,
    token,
    close: () => host.close(),
    reopen: async () => {
      host = await open(port, token);
    },
  };
}
