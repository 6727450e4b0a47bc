/**
 * Runs the engine of a packaged app as the main process would: starts its entry, hands it a port and forks what it asks
 * for, with Node's own processes in place of Electron's. Indexes the sample library and a scan, searches them, has a chat model answer, and
 * prints one JSON object. `PACKAGED_APP` names the folder of the extracted archive, `PACKAGED_CHAT_MODEL` a chat model's file.
 */
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../../src-main/contract/contract.ts';
import type { Job } from '../../../src-main/contract/jobs.ts';
import { EntryBroker, type EntryProcess } from '../../../src-main/desktop/engine/entry-broker.ts';
import { englishData, scanPdf, scanPng } from '../../support/scans.ts';

/** Node's permissions without that for child processes, and a process that takes itself for one of Electron's. */
const asInElectron = [
  '--permission',
  '--allow-fs-read=*',
  '--allow-fs-write=*',
  '--allow-addons',
  '--import',
  "data:text/javascript,Object.defineProperty(process.versions,'electron',{value:'45.0.0'})",
];

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

const job = await ended(
  await engine.folders.add({ path: join(process.env.LLARA_RESOURCES!, 'sample-library') }),
);
const [library] = await engine.libraries.list();
const found = await engine.search.query({ query: 'how much notice ends the tenancy', mode: 'hybrid' });

// A library of its own, without an encoder's work: what counts is that the thread of text recognition finds its parts.
const scans = join(process.env.LLARA_HOME!, '../scans');
mkdirSync(scans, { recursive: true });
writeFileSync(join(scans, 'scan.pdf'), await scanPdf('The christening spoon is in the biscuit tin.'));
writeFileSync(join(scans, 'picture.png'), scanPng('Ladder, aluminium, returned within 30 days only.'));
await engine.libraries.create({ name: 'scans' });
await ended(await engine.folders.add({ library: 'scans', path: scans }));
await engine.recognition.import({ path: englishData });
await ended(await engine.recognition.start({ library: 'scans' }));
await ended(await engine.libraries.index({ library: 'scans' }));
const recognised = (await engine.libraries.list()).find(({ name }) => name === 'scans')?.counts.indexed;

// A chat model's own library, in a process that can start no other: Electron's utility process cannot, either.
const chat = await engine.answers.import({ path: process.env.PACKAGED_CHAT_MODEL! });
await engine.settings.update({ chatSource: 'model', chatModel: chat.id, threads: 1 });
const answered = await answerTo('how much notice ends the tenancy');

const devices = await engine.devices.list();

const requireFromApp = createRequire(engineEntry);
const downloads = await import(pathToFileURL(requireFromApp.resolve('node-llama-cpp')).href);
console.log(
  JSON.stringify({
    job: job.state,
    failure: job.failure,
    indexed: library?.counts.indexed,
    mode: found.mode,
    recognised,
    answered,
    top: found.groups[0]?.document.relativePath,
    usableDevices: devices.filter((device) => device.usable).map((device) => device.backend),
    downloader: typeof downloads.createModelDownloader,
  }),
);
process.exit(0);

/** Who answered, and how much was written; or why nobody did. */
async function answerTo(question: string): Promise<{ model: string | null; characters: number } | string> {
  let characters = 0;
  try {
    for await (const event of await engine.answers.ask({ question })) {
      if (event.type === 'writing') characters += event.text.length;
      if (event.type === 'end') return { model: event.model, characters };
    }
    return 'The answer has no end.';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function ended({ jobId }: { jobId: string }): Promise<Job> {
  for (;;) {
    const job = await engine.jobs.get({ jobId });
    if (job.endedAt !== null) return job;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function spawnEntry(path: string, argument: string): EntryProcess {
  const isChat = path.endsWith('gguf-chat-child.js');
  const child = spawn(process.execPath, [...(isChat ? asInElectron : []), path, argument], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return {
    onOutput: (stream, listener) => child[stream].on('data', (bytes: Buffer) => listener(bytes.toString())),
    onExit: (listener) => child.on('close', (code) => listener(code ?? -1)),
    kill: () => child.kill('SIGKILL'),
  };
}
