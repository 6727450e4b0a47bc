/** Runs the engine's entry under plain Node as Electron's utility process would, and says over a port how many libraries there are. */
import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../../src-main/contract/contract.ts';

const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => console.log(JSON.stringify(message)),
});
Object.assign(process, { parentPort });
await import('../../../src-main/host/engine-entry.ts');

const { port1, port2 } = new MessageChannel();
parentPort.emit('message', { data: { type: 'connect' }, ports: [port1] });
const engine: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port2 }));
port2.start();
console.log(JSON.stringify({ libraries: (await engine.libraries.list()).length }));
