/** An engine of this process together with the host that serves it: what the supervised child process runs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { productDirectory } from '../../common/product-directory.ts';
import type { ErrorCode } from '../../contract/error-codes.ts';
import { Engine } from '../../engine/engine.ts';
import { productVersion } from '../../engine/product-version.ts';
import { createRouter } from '../../engine/router.ts';
import { type Host, startHost } from '../../host/start-host.ts';

export type ServedEngine = {
  host: Host;
  /** Stops answering first, then working. `keepAddress`: the next one shall be found where this one was. */
  close(options?: { keepAddress?: boolean }): Promise<void>;
};

export type ServedEngineOptions = { home: string; port: number; token: string };

/** What the child process tells its parent, once. */
export type ServedEngineMessage =
  | { type: 'serving'; url: string; token: string; pid: number }
  | { type: 'failed'; code: ErrorCode | null; message: string };

export async function openServedEngine(
  { home, port, token }: ServedEngineOptions,
  log: (line: string) => void,
): Promise<ServedEngine> {
  const engine = await Engine.open({ home, watch: true });
  try {
    const host = await startHost({
      router: createRouter(engine),
      rendererDirectory: builtPageDirectory(),
      home,
      supervisor: process.ppid,
      port,
      token,
      version: productVersion(),
      log,
    });
    return {
      host,
      close: async (closing) => {
        await host.close(closing);
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
  const directory = join(productDirectory(), 'out', 'renderer');
  return existsSync(join(directory, 'index.html')) ? directory : null;
}
