/**
 * Runs the engine of a packaged app as a utility process would: starts its entry, hands it a port, indexes the sample
 * library and searches it. Prints one JSON object. `PACKAGED_APP` names the folder of the extracted archive.
 */
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../src-main/contract/contract.ts';

const app = process.env.PACKAGED_APP!;
const parentPort = new EventEmitter();
Object.assign(process, { parentPort });
process.argv[2] = process.env.LLARA_HOME!;
await import(pathToFileURL(join(app, 'out/main/engine-entry.js')).href);

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
const { groups } = await engine.search.query({ query: 'how much notice ends the tenancy', mode: 'lexical' });

const requireFromApp = createRequire(join(app, 'out/main/engine-entry.js'));
const downloads = await import(pathToFileURL(requireFromApp.resolve('node-llama-cpp')).href);
console.log(
  JSON.stringify({
    job: job.state,
    failure: job.failure,
    indexed: library?.counts.indexed,
    top: groups[0]?.document.relativePath,
    downloader: typeof downloads.createModelDownloader,
  }),
);
process.exit(0);
