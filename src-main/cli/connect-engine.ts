/**
 * Finds an engine to talk to: the one that is running on this data folder, if it answers, else one opened in this
 * process. Commands see the same typed client either way.
 */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import type { Contract } from '../contract/contract.ts';
import type { EngineOptions } from '../engine/engine.ts';
import { type EngineFile, readEngineFile } from '../host/engine-file.ts';

export type EngineClient = ContractRouterClient<Contract>;

export type Connection = {
  client: EngineClient;
  kind: 'running' | 'in-process';
  /** Lets go of a running engine; closes one that was opened here, once its work has stopped. */
  close(): Promise<void>;
};

/** Long, since an engine at work may be slow; one that was killed refuses at once. */
const healthTimeoutMs = 8000;

/** Throws AppError `library-locked` where another process holds the data folder and does not answer. */
export async function connectEngine(
  home: string,
  options: Pick<EngineOptions, 'wordsOnly'> = {},
): Promise<Connection> {
  const running = await findRunningEngine(home);
  if (running) return { client: clientOf(running), kind: 'running', close: async () => {} };
  // Loaded only now: most of the product, native libraries included, is behind these two.
  const [{ Engine }, { createRouter }] = await Promise.all([
    import('../engine/engine.ts'),
    import('../engine/router.ts'),
  ]);
  const engine = await Engine.open({ ...options, home, watch: false });
  return {
    client: createRouterClient(createRouter(engine)),
    kind: 'in-process',
    close: () => engine.close(),
  };
}

/** The engine that `engine.json` names, if it still answers with its token. */
export async function findRunningEngine(home: string): Promise<EngineFile | null> {
  const file = readEngineFile(home);
  if (!file) return null;
  try {
    const response = await fetch(`${file.url}/health`, {
      headers: { authorization: `Bearer ${file.token}` },
      signal: AbortSignal.timeout(healthTimeoutMs),
    });
    const health = (await response.json()) as { name?: unknown };
    return response.ok && health.name === 'llara' ? file : null;
  } catch {
    return null; // Left behind by an engine that was killed; its locks are free.
  }
}

export function clientOf({ url, token }: Pick<EngineFile, 'url' | 'token'>): EngineClient {
  return createORPCClient(new RPCLink({ url: `${url}/rpc`, headers: { authorization: `Bearer ${token}` } }));
}
