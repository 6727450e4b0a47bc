/**
 * Process entry of the engine under Electron: each `connect` message brings a port, over which the contract is served.
 * The command line reaches the same engine over the loopback host, without a page; doing without is no failure.
 */
import type { MessagePort } from 'node:worker_threads';
import { RPCHandler } from '@orpc/server/message-port';
import { homeDirectory } from '../common/paths/home-directory.ts';
import { keepCompiledCode } from '../common/processes/keep-compiled-code.ts';
import { Engine } from '../engine/engine.ts';
import { productVersion } from '../engine/product-version.ts';
import { createRouter } from '../engine/router.ts';
import { startHost } from './start-host.ts';

type ParentPort = {
  postMessage(message: { type: 'failed'; message: string }): void;
  on(event: 'message', listener: (message: { data: { type: string }; ports: MessagePort[] }) => void): void;
};

const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
if (!parentPort) throw new Error('The engine entry runs as a utility process; under Node use `llara serve`.');
const log = (line: string) => process.stderr.write(`${line}\n`);
const home = process.argv[2] ?? homeDirectory();
keepCompiledCode(home);

// Ports that come before the engine is ready wait for it.
const opening = Engine.open({ home, watch: true }).then(createRouter);
opening.catch((error: unknown) => {
  parentPort.postMessage({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  setTimeout(() => process.exit(1), 100); // The message is on its way.
});
parentPort.on('message', async ({ data, ports: [port] }) => {
  const router = await opening.catch(() => null);
  if (data.type !== 'connect' || !port || !router) return;
  new RPCHandler(router).upgrade(port);
  port.start();
});
opening
  .then((router) => startHost({ router, rendererDirectory: null, home, version: productVersion(), log }))
  .catch((error: unknown) => log(`The command line cannot reach this engine: ${error}`));
