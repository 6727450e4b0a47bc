/**
 * Child process of the bench of indexing: indexes a folder into a new data folder with the engine of a checkout, as the command line does, and prints
 * one line of JSON, `WholeRun`. Usage: index-once.ts CHECKOUT HOME FOLDER [words] [asked]. With `words` it ends when words are complete, with `asked` searches go on meanwhile.
 */
import { enableCompileCache } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Engine as EngineOfHere } from '../../../src-main/engine/engine.ts';
import type { TextEncoder } from '../../../src-main/llara/encode/text-encoder.ts';
import { peakMegabytes } from '../support/peak-memory.ts';
import { SyntheticLibrary } from '../synthetic-library.ts';

export type WholeRun = {
  state: string;
  passages: number;
  /** Null where they were never complete. */
  wordsSeconds: number | null;
  wordsCpuSeconds: number | null;
  totalSeconds: number;
  cpuSeconds: number;
  /** Part of the time from complete words to the last vector in which the encoder had something to do. */
  encoderBusy: number | null;
  /** Of a second run, without changes. */
  rescanSeconds: number | null;
  /** The most memory that the process held. */
  peakMB: number;
  searches: { count: number; p50Ms: number; p95Ms: number } | null;
};

const pauseMs = 200;
const [checkout, home, folder, ...flags] = process.argv.slice(2) as [string, string, string, ...string[]];
const wordsAlone = flags.includes('words');

enableCompileCache(join(dirname(home), 'compile-cache'));
const { Engine } = (await import(pathToFileURL(join(checkout, 'src-main/engine/engine.ts')).href)) as {
  Engine: typeof EngineOfHere;
};
const engine = await Engine.open({ home });
const session = engine.libraries.get('default');
session.folders.add(folder, []);
const busy = watchEncoder(session.vectors.encoder);
const cpuBefore = cpuSeconds();
const startedAtMs = performance.now();
const sinceSeconds = () => (performance.now() - startedAtMs) / 1000;
const request = {
  kind: 'index',
  library: 'default',
  title: 'Index',
  params: { library: 'default' },
} as const;
const job = engine.jobs.submit(request);
let words: { seconds: number; cpu: number } | null = null;
let isOver = false;
const ended = engine.jobs.wait(job.id).then((result) => {
  isOver = true;
  return result;
});
const latencies = flags.includes('asked') ? ask() : null;
while (!isOver) {
  if (!words && job.progress.phase === 'embedding') {
    words = { seconds: sinceSeconds(), cpu: cpuSeconds() - cpuBefore };
    busy?.begin();
    if (wordsAlone) engine.jobs.cancel(job.id);
  }
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 20))]);
}
const result = await ended;
const totalSeconds = sinceSeconds();
const cpu = cpuSeconds();
const encoderBusy = wordsAlone ? null : (busy?.share() ?? null);
const rescanSeconds = wordsAlone ? null : await rescan();
const run: WholeRun = {
  state: result.state,
  passages: (result.result as { chunks?: number } | null)?.chunks ?? 0,
  wordsSeconds: words?.seconds ?? null,
  wordsCpuSeconds: words?.cpu ?? null,
  totalSeconds,
  cpuSeconds: cpu,
  encoderBusy,
  rescanSeconds,
  peakMB: peakMegabytes(),
  searches: latencies ? summary(await latencies) : null,
};
console.log(JSON.stringify(run));
await engine.close();
process.exit(0);

async function ask(): Promise<number[]> {
  const library = new SyntheticLibrary(1);
  const queries = Array.from({ length: 50 }, () => library.text(4, 30));
  const times: number[] = [];
  for (let n = 0; !isOver; n++) {
    const query = queries[n % queries.length]!;
    const askedAtMs = performance.now();
    await session.search({ library: 'default', query, mode: 'hybrid', limit: 10, passagesPerDocument: 3 });
    times.push(performance.now() - askedAtMs);
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, pauseMs))]);
  }
  return times;
}

function summary(times: number[]): WholeRun['searches'] {
  const sorted = times.sort((a, b) => a - b);
  const quantile = (part: number) => Math.round(sorted[Math.floor(sorted.length * part)] ?? 0);
  return { count: sorted.length, p50Ms: quantile(0.5), p95Ms: quantile(0.95) };
}

async function rescan(): Promise<number> {
  const againAtMs = performance.now();
  await engine.jobs.wait(engine.jobs.submit(request).id);
  return (performance.now() - againAtMs) / 1000;
}

/** Counts the time in which at least one call for vectors is open. */
function watchEncoder(encoder: TextEncoder | null) {
  if (!encoder) return null;
  let open = 0;
  let openedAtMs = 0;
  let busyMs = 0;
  let lastMs = 0;
  let beganAtMs = performance.now();
  const watched = <Rest extends unknown[], Result>(call: (...rest: Rest) => Promise<Result>) => {
    return async (...rest: Rest): Promise<Result> => {
      if (open++ === 0) openedAtMs = performance.now();
      try {
        return await call(...rest);
      } finally {
        lastMs = performance.now();
        if (--open === 0) busyMs += lastMs - Math.max(openedAtMs, beganAtMs);
      }
    };
  };
  encoder.encodePassages = watched(encoder.encodePassages.bind(encoder));
  encoder.encode = watched(encoder.encode.bind(encoder));
  return {
    begin: () => {
      beganAtMs = performance.now();
      busyMs = 0;
    },
    share: () => Number((busyMs / (lastMs - beganAtMs)).toFixed(3)),
  };
}

function cpuSeconds(): number {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return (userCPUTime + systemCPUTime) / 1e6;
}
