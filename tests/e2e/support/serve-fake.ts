/** Serves the built page with the fake engine behind it, through the product's own host. */
import { startHost } from '../../../src-main/host/start-host.ts';
import { createFakeEngine, type FakeEngine } from '../../support/fake-engine/fake-engine.ts';
import type { FakeEngineOptions } from '../../support/fake-engine/fake-state.ts';

export interface FakeHost {
  readonly engine: FakeEngine;
  readonly pageUrl: string;
  readonly port: number;
  close(): Promise<void>;
  /** Goes away and comes back at the same address, as a restarted engine does. */
  reopen(): Promise<void>;
}

export async function serveFake(options: FakeEngineOptions = {}): Promise<FakeHost> {
  const engine = createFakeEngine(options);
  const open = (port: number, token?: string) =>
    startHost({ router: engine.router, rendererDirectory: 'out/renderer', port, token });
  let host = await open(0);
  const { pageUrl, token } = host;
  const port = Number(new URL(host.url).port);
  return {
    engine,
    pageUrl,
    port,
    close: () => host.close(),
    reopen: async () => {
      host = await open(port, token);
    },
  };
}
