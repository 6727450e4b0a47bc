/**
 * Runs the whole app but for its window in a network of its own that has the loopback address and no way out, and prints how often
 * anything in this process or its children tried to leave: as counted by the system, native libraries included.
 * Argument: a folder to work in. Started by `unshare --net`.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { clientOf } from '../../../src-main/cli/connect-engine.ts';
import { openServedEngine } from '../../../src-main/cli/serving/open-served-engine.ts';
import { JobControl } from '../../../src-main/engine/jobs/job-control.ts';
import { downloadModel } from '../../../src-main/engine/models/download-model.ts';
import { createAccessToken } from '../../../src-main/host/access-token.ts';

const folder = process.argv[2]!;
// In a process of its own: the engine wants to be the first here to use the foreign function interface.
execFileSync(process.execPath, [join(import.meta.dirname, 'raise-loopback.ts')]);
const beforeCount = attempts();
await useEverything();
const appCount = attempts() - beforeCount;

// The counter is worth something only if it sees an attempt: a download, which a person asks for.
const control = new JobControl({ onProgress: () => {}, onLog: () => {} });
const source = { name: 'Nowhere', url: 'http://192.0.2.1/model.gguf', fileName: 'model.gguf' };
const refusal = await downloadModel(source, join(folder, 'models'), control).catch((error: unknown) => error);
const downloadCount = attempts() - beforeCount - appCount;
console.log(JSON.stringify({ appCount, downloadCount, refusal: String(refusal) }));
process.exit(0);

/** Everything that the page calls in a person's day, less the download. */
async function useEverything(): Promise<void> {
  const token = createAccessToken();
  const served = await openServedEngine({ home: join(folder, 'home'), port: 0, token }, console.error);
  const client = clientOf({ url: served.host.url, token });
  const page = await fetch(served.host.pageUrl);
  await page.text();
  const { jobId } = await client.folders.add({ path: resolve('resources/sample-library') });
  await ended(jobId);
  const { groups } = await client.search.query({ query: 'when may the tenant keep a dog', mode: 'hybrid' });
  const [group] = groups;
  if (!group) throw new Error('The search found nothing.');
  const document = { documentId: group.document.id };
  await client.documents.text(document);
  await client.documents.bytes(document);
  await client.search.feedback({
    query: 'when may the tenant keep a dog',
    chunkId: group.hits[0]!.chunkId,
    verdict: 'helpful',
  });
  await client.models.list();
  await client.devices.list();
  await client.adaptation.plan({ budgetSeconds: 60 });
  await client.libraries.create({ name: 'second' });
  await client.settings.update({ theme: 'dark' });
  await served.close();

  async function ended(id: string): Promise<void> {
    while ((await client.jobs.get({ jobId: id })).endedAt === null) {
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

/** Packets and connections for which the system found no route, over IPv4 and IPv6, in this network. */
function attempts(): number {
  const [names, values] = readFileSync('/proc/self/net/snmp', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('Ip:'))
    .map((line) => line.split(' ')) as [string[], string[]];
  const v6 = /^Ip6OutNoRoutes\s+(\d+)/m.exec(readFileSync('/proc/self/net/snmp6', 'utf8'))?.[1] ?? '0';
  return Number(values[names.indexOf('OutNoRoutes')]) + Number(v6);
}
