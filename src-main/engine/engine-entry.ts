/** Process entry of the engine under Electron: each `connect` message brings a port, over which the contract is served. */

import type { MessagePort } from 'node:worker_threads';
import { RPCHandler } from '@orpc/server/message-port';
import { homeDirectory } from '../common/home-directory.ts';
import { Engine } from './engine.ts';
import { createRouter } from './router.ts';

type ParentPort = {
  postMessage(message: { type: 'failed'; message: string }): void;
  on(event: 'message', listener: (message: { data: { type: string }; ports: MessagePort[] }) => void): void;
};

const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
if (!parentPort) throw new Error('The engine entry runs as a utility process; under Node use `llara serve`.');

// Ports that come before the engine is ready wait for it.
const opening = Engine.open({ home: process.argv[2] ?? homeDirectory(), watch: true });
opening.catch((error: unknown) => {
  parentPort.postMessage({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  setTimeout(() => process.exit(1), 100); // The message is on its way.
});
parentPort.on('message', async ({ data, ports: [port] }) => {
  const engine = await opening.catch(() => null);
  if (data.type !== 'connect' || !port || !engine) return;
  new RPCHandler(createRouter(engine)).upgrade(port);
  port.start();
});
