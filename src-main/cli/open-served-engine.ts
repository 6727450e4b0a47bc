/** An engine of this process together with the host that serves it: what `llara serve` and `npm start` both run. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRouterClient } from '@orpc/server';
import { Engine } from '../engine/engine.ts';
import { productVersion } from '../engine/product-version.ts';
import { createRouter } from '../engine/router.ts';
import { type Host, startHost } from '../host/start-host.ts';
import type { EngineClient } from './connect-engine.ts';

export type ServedEngine = {
  client: EngineClient;
  host: Host;
  /** Stops answering first, then working. */
  close(): Promise<void>;
};

export async function openServedEngine(options: {
  home: string;
  port: number;
  log: (line: string) => void;
}): Promise<ServedEngine> {
  const { home, port, log } = options;
  const engine = await Engine.open({ home, watch: true });
  try {
    const router = createRouter(engine);
    const host = await startHost({
      router,
      rendererDirectory: builtPageDirectory(),
      home,
      port,
      version: productVersion(),
      log,
    });
    return {
      client: createRouterClient(router),
      host,
      close: async () => {
        await host.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** Where the build leaves the page, or null while it is not built. */
export function builtPageDirectory(): string | null {
  const directory = fileURLToPath(new URL('../../out/renderer', import.meta.url));
  return existsSync(join(directory, 'index.html')) ? directory : null;
}
