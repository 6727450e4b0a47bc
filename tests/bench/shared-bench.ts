/**
 * What it costs that a library's tables are on an S3 server and not in a folder: opening, searching, looking for changes, writing; in seconds and
 * in requests. The server is on loopback, in a process of its own; `DELAY` is added to each of its answers, as a network would. Both sides are
 * measured in turn, question by question.
 * Usage: node tests/bench/shared-bench.ts [PASSAGES] [DELAY_MS]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SearchMode } from '../../src-main/contract/search.ts';
import { searchLibrary } from '../../src-main/search/search-library.ts';
import { type ChunkSet, ChunkStore } from '../../src-main/store/chunk-store.ts';
import { SharedStorage } from '../../src-main/store/storage/shared-storage.ts';
import { documentOf, instantEncoder } from './search-bench.ts';
import { passagesPerDocument, SyntheticLibrary } from './synthetic-library.ts';

type Traffic = { requests: number; bytes: number };

const dimension = 384;
const documentsPerCommit = 50;
const questionCount = 60;
const modes: SearchMode[] = ['lexical', 'dense', 'hybrid'];
const uri = 's3://bucket/bench';
const holder = { owner: 'bench', machine: 'bench', formerToken: null };

const [passages = 10_000, delayMs = 0] = process.argv.slice(2).map(Number);
const server = fork(fileURLToPath(new URL('../support/s3/serve-s3.ts', import.meta.url)), [String(delayMs)]);
const { endpoint, environment } = await answerOf(server);
Object.assign(process.env, environment, { AWS_REGION: 'us-east-1' });
const directory = await mkdtemp(join(tmpdir(), 'llara-shared-bench-'));

const open = {
  folder: () => ChunkStore.open(directory),
  S3: async () => ChunkStore.open(await SharedStorage.open({ uri, endpoint }, { holder })),
  'S3, read only': async () => ChunkStore.open(await SharedStorage.open({ uri, endpoint }, { holder: null })),
};

const line = (name: string, ...cells: string[]) =>
  console.log([name.padEnd(38), ...cells.map((cell) => cell.padStart(14))].join(''));
console.log(`${passages} passages, ${delayMs} ms added to each answer of the server`);
line('', 'folder', 'S3', 'requests', 'read');

await traffic();
const local = await open.folder();
const writer = await open.S3();
await fill('written with vectors, passages a second', local, writer);
await writer.close();
await local.close();

const reopened = await timed(open.folder);
await traffic();
const read = await timed(open['S3, read only']);
line('opened', ms(reopened.ms), ms(read.ms), ...cellsOf(await traffic()));
const sides = { folder: await setOf(reopened.result), S3: await setOf(read.result) };
const questions = new SyntheticLibrary(dimension);
for (const mode of modes) await compare(mode);
await traffic();
const looked = await timed(() => read.result.refresh());
line('looked for changes, nothing new', '', ms(looked.ms), ...cellsOf(await traffic()));
await reopened.result.close();
await read.result.close();
server.disconnect();
await rm(directory, { recursive: true, force: true });

async function fill(name: string, ...stores: ChunkStore[]): Promise<void> {
  const cells: string[] = [];
  let sent: Traffic = { requests: 0, bytes: 0 };
  for (const store of stores) {
    const library = new SyntheticLibrary(dimension);
    const set = await store.openSet('bench', dimension);
    const { ms: took } = await timed(async () => {
      for (let first = 0; first < passages / passagesPerDocument; first += documentsPerCommit) {
        const length = Math.min(documentsPerCommit, passages / passagesPerDocument - first);
        await set.replaceDocuments(Array.from({ length }, (_, n) => library.document(first + n)));
      }
      await set.maintain({ force: true });
    });
    cells.push((passages / (took / 1000)).toFixed(0));
    sent = await traffic();
  }
  line(name, ...cells, ...cellsOf(sent));
}

async function compare(mode: SearchMode): Promise<void> {
  const times: Record<keyof typeof sides, number[]> = { folder: [], S3: [] };
  const total: Traffic = { requests: 0, bytes: 0 };
  for (let n = 0; n <= questionCount; n++) {
    const query = questions.text(6, 30);
    const took = { folder: 0, S3: 0 };
    took.folder = (await timed(() => ask(sides.folder, query, mode))).ms;
    await traffic();
    took.S3 = (await timed(() => ask(sides.S3, query, mode))).ms;
    const { requests, bytes } = await traffic();
    if (n === 0)
      line(`${mode}: first question`, ms(took.folder), ms(took.S3), ...cellsOf({ requests, bytes }));
    else {
      total.requests += requests / questionCount;
      total.bytes += bytes / questionCount;
      for (const side of ['folder', 'S3'] as const) times[side].push(took[side]);
    }
  }
  const middle = (side: keyof typeof sides) => ms(times[side].sort((a, b) => a - b)[questionCount / 2]!);
  line(`${mode}: median of ${questionCount}`, middle('folder'), middle('S3'), ...cellsOf(total));
}

async function ask(set: ChunkSet, query: string, mode: SearchMode): Promise<void> {
  const request = { library: 'bench', query, mode, limit: 10, passagesPerDocument: 3 };
  const documents = (ids: string[]) => ids.map(documentOf);
  await searchLibrary({ set, encoder: instantEncoder(questions), documents }, request);
}

async function setOf(store: ChunkStore): Promise<ChunkSet> {
  return await store.openSet('bench', dimension);
}

async function timed<Result>(work: () => Promise<Result>): Promise<{ ms: number; result: Result }> {
  const startedAtMs = performance.now();
  const result = await work();
  return { ms: performance.now() - startedAtMs, result };
}

/** Since it was last asked for. */
async function traffic(): Promise<Traffic> {
  server.send('count');
  return await answerOf(server);
}

function cellsOf({ requests, bytes }: Traffic): string[] {
  return [requests.toFixed(requests < 100 ? 1 : 0), `${(bytes / 1e6).toFixed(2)} MB`];
}

async function answerOf(child: ChildProcess) {
  const [message] = await once(child, 'message');
  return message as Traffic & { endpoint: string; environment: Record<string, string> };
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}
