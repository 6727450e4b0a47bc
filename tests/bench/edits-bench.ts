/**
 * How soon search sees edits that never cease: ten files a second are changed in a watched folder for a minute, each with a word of its own, and the
 * word is searched for until it is found. Usage: node tests/bench/edits-bench.ts [--files 1000] [--seconds 60] [--model MODEL.gguf]
 */
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../src-main/common/seeded-random.ts';
import { searchRequestSchema } from '../../src-main/contract/search.ts';
import { Engine } from '../../src-main/engine/engine.ts';
import { indexRequest } from '../../src-main/engine/jobs/kinds/index-job.ts';
import { NativeRuntime } from '../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../native/models/make-tiny-llama.ts';
import { writeMixedLibrary } from './mixed-library.ts';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '60' },
    model: { type: 'string' },
  },
});
const editIntervalMs = 100;
const lookIntervalMs = 50;
const patienceMs = 60_000;
/** Searched for at once, the oldest first. */
const looksAtOnce = 8;
const random = seededRandom('edits');
const scratch = mkdtempSync(join(tmpdir(), 'llara-edits-bench-'));

type Edit = { word: string; atMs: number };

try {
  const folder = join(scratch, 'files');
  await writeMixedLibrary(folder, Number(values.files));
  process.env.LLARA_MODEL = values.model ?? join(scratch, 'tiny.gguf');
  if (!values.model)
    await makeTinyLlama(await NativeRuntime.create(), process.env.LLARA_MODEL, { layerCount: 1 });
  const engine = await Engine.open({ home: join(scratch, 'home'), watch: true });
  engine.libraries.get('default').folders.add(folder, []);
  await engine.jobs.wait(engine.jobs.submit(indexRequest('default')).id);
  const delays = await editAndLook(engine, notesIn(folder));
  delays.sort((a, b) => a - b);
  const at = (part: number) => Math.round(delays[Math.floor(delays.length * part)] ?? Number.NaN);
  const seen = {
    edits: delays.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    slowestMs: Math.round(delays.at(-1)!),
  };
  console.log(JSON.stringify({ loadAverage: loadavg()[0], files: Number(values.files), ...seen }, null, 2));
  await engine.close();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function notesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
}

/** Milliseconds from each edit to the first search that found it. */
async function editAndLook(engine: Engine, notes: readonly string[]): Promise<number[]> {
  const waiting: Edit[] = [];
  const delays: number[] = [];
  const edits = Math.round((1000 * Number(values.seconds)) / editIntervalMs);
  let made = 0;
  const editing = setInterval(() => {
    const word = Array.from({ length: 12 }, () => 'bcdfghklmnprstvw'[random.below(16)]).join('');
    appendFileSync(notes[made % notes.length] as string, `\n\nThe word of the day is ${word}.\n`);
    waiting.push({ word, atMs: performance.now() });
    made += 1;
    if (made === edits) clearInterval(editing);
  }, editIntervalMs);
  while (made < edits || waiting.length > 0) {
    for (const edit of waiting.slice(0, looksAtOnce)) {
      const isSeen = await isFound(engine, edit.word);
      const waitedMs = performance.now() - edit.atMs;
      if (!isSeen && waitedMs < patienceMs) continue;
      delays.push(isSeen ? waitedMs : Number.POSITIVE_INFINITY);
      waiting.splice(waiting.indexOf(edit), 1);
    }
    await new Promise((resolve) => setTimeout(resolve, lookIntervalMs));
  }
  return delays;
}

/** By the word as it is: a mistyped one finds what is like it. */
async function isFound(engine: Engine, word: string): Promise<boolean> {
  const request = searchRequestSchema.parse({ query: `"${word}"`, mode: 'lexical', limit: 1 });
  const { groups } = await engine.libraries.get('default').search(request);
  return groups.length > 0;
}
