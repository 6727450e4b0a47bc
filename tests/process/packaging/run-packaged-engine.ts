/**
 * Runs the engine of a packaged app as the main process would: starts its entry, hands it a port and forks what it asks
 * for, with Node's own processes in place of Electron's. Indexes the sample library, searches it, and prints one JSON
 * object. `PACKAGED_APP` names the folder of the extracted archive.
 */
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../../src-main/contract/contract.ts';
import { EntryBroker, type EntryProcess } from '../../../src-main/desktop/engine/entry-broker.ts';

const mainFolder = join(process.env.PACKAGED_APP!, 'out/main');
const engineEntry = join(mainFolder, 'engine-entry.js');
const entries = new EntryBroker({ mainFolder, fork: spawnEntry });
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) =>
    entries.handle(message, (ended) => parentPort.emit('message', { data: ended, ports: [] })),
});
Object.assign(process, { parentPort });
process.argv[2] = process.env.LLARA_HOME!;
await import(pathToFileURL(engineEntry).href);

const { port1, port2 } = new MessageChannel();
parentPort.emit('message', { data: { type: 'connect' }, ports: [port1] });
const engine: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port2 }));
port2.start();

const { jobId } = await engine.folders.add({ path: join(process.env.LLARA_RESOURCES!, 'sample-library') });
let job = await engine.jobs.get({ jobId });
while (job.endedAt === null) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  job = await engine.jobs.get({ jobId });
}
const [library] = await engine.libraries.list();
const found = await engine.search.query({ query: 'how much notice ends the tenancy', mode: 'hybrid' });
const devices = await engine.models.devices();

const requireFromApp = createRequire(engineEntry);
const downloads = await import(pathToFileURL(requireFromApp.resolve('node-llama-cpp')).href);
console.log(
  JSON.stringify({
    job: job.state,
    failure: job.failure,
    indexed: library?.counts.indexed,
    mode: found.mode,
    top: found.groups[0]?.document.relativePath,
    usableDevices: devices.filter((device) => device.usable).map((device) => device.backend),
    downloader: typeof downloads.createModelDownloader,
  }),
);
process.exit(0);

function spawnEntry(path: string, argument: string): EntryProcess {
  const child = spawn(process.execPath, [path, argument], { stdio: ['ignore', 'pipe', 'pipe'] });
  return {
    onOutput: (stream, listener) => child[stream].on('data', (bytes: Buffer) => listener(bytes.toString())),
    onExit: (listener) => child.on('close', (code) => listener(code ?? -1)),
    kill: () => child.kill('SIGKILL'),
  };
}
