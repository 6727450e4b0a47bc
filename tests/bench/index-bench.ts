/**
 * How long a folder takes to be found by words, and by meaning, stage by stage and as a whole; beside it, where asked for, an earlier checkout of the
 * product and Recoll on the same files. What is compiled is kept for all but the first of several turns. Usage: node tests/bench/index-bench.ts [--files 1000 | --folder FOLDER] [--model MODEL.gguf]
 * [--before CHECKOUT] [--recoll] [--words TURNS] [--quiet] [--whole]. With --words only the time until words are complete is measured, each in turn so many times; searches
 * go on meanwhile unless --quiet says no. With --whole stages are not measured one by one. Without a model, a tiny one with random weights stands in: its vectors mean nothing, and take no time to speak of.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Engine } from '../../src-main/engine/engine.ts';
import { documentRows } from '../../src-main/engine/indexing/document-rows.ts';
import { hashFile } from '../../src-main/library/extraction/hash-file.ts';
import { passagesOf } from '../../src-main/library/passages/cut-document.ts';
import { passageText } from '../../src-main/library/passages/passage-text.ts';
import { scanFolder } from '../../src-main/library/watching/scan-folder.ts';
import { NativeRuntime } from '../../src-main/native/native-runtime.ts';
import { ChunkStore } from '../../src-main/store/chunk-store.ts';
import { packWindows } from '../../src-main/store/tables/packed-windows.ts';
import { makeTinyLlama } from '../native/models/make-tiny-llama.ts';
import type { WholeRun } from './index/index-once.ts';
import { writeMixedLibrary } from './mixed-library.ts';
import { bytesBelow } from './support/bytes-below.ts';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '1000' },
    folder: { type: 'string' },
    model: { type: 'string' },
    before: { type: 'string' },
    recoll: { type: 'boolean', default: false },
    words: { type: 'string' },
    quiet: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
  },
});
const rowsPerCommit = 1024;
const scratch = mkdtempSync(join(tmpdir(), 'llara-index-bench-'));
const rows: { stage: string; seconds: number; note: string }[] = [];
const note = (stage: string, seconds: number, text = '') => {
  rows.push({ stage, seconds: Number(seconds.toFixed(2)), note: text });
};
const timed = async <Result>(stage: string, work: () => Promise<Result> | Result): Promise<Result> => {
  const startedAtMs = performance.now();
  const result = await work();
  note(stage, (performance.now() - startedAtMs) / 1000);
  return result;
};

try {
  const folder = values.folder ?? join(scratch, 'files');
  if (!values.folder) await writeMixedLibrary(folder, Number(values.files));
  const model = values.model ?? join(scratch, 'tiny.gguf');
  if (!values.model)
    await makeTinyLlama(await NativeRuntime.create(), model, { width: 384, headCount: 6, layerCount: 1 });
  process.env.LLARA_MODEL = model;
  const own = import.meta.dirname.replace(/tests.bench$/, '');
  for (let turn = 1; turn <= Number(values.words ?? 0); turn++) {
    await measureWhole(`now, ${turn}`, own, folder);
    if (values.before) await measureWhole(`before, ${turn}`, values.before, folder);
    if (values.recoll) measureRecoll(folder, turn);
  }
  if (!values.words) {
    if (!values.whole) await measureStages(folder);
    const first = await measureWhole('now', own, folder);
    if (values.before) await measureWhole('before', values.before, folder);
    if (values.recoll) measureRecoll(folder);
    await measureDisk(first.home);
  }
  console.table(rows);
  console.log(JSON.stringify({ loadAverage: loadavg()[0], cores: availableParallelism() }));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(0);

async function measureStages(folder: string): Promise<void> {
  const engine = await Engine.open({ home: join(scratch, 'stages') });
  const session = engine.libraries.get('default');
  const { encoder, store } = session.vectors;
  if (!encoder) throw new Error('There is no encoder.');
  const paths = await timed('scan', async () => {
    const found: string[] = [];
    for await (const { path } of scanFolder(folder)) found.push(path);
    return found;
  });
  await timed('hash (again in the workers, with reading)', async () => {
    for (const path of paths) await hashFile(path);
  });
  await timed('start of the workers', () => session.extraction.extract(paths[0] ?? folder));
  const extractions = await timed(`extraction, ${session.extraction.workerCount} workers`, () =>
    Promise.all(paths.map((path) => session.extraction.extract(path))),
  );
  const documents = await timed('chunking', () =>
    extractions.flatMap(({ outcome }, index) => {
      if (outcome.state !== 'indexed') return [];
      const source = { id: `document-${index}`, path: paths[index]!, modifiedAt: 0, contentHash: `${index}` };
      return [
        {
          documentId: source.id,
          rows: documentRows(
            source,
            outcome.document,
            passagesOf(outcome.document, session.vectors.tokens.count),
          ),
        },
      ];
    }),
  );
  const passages = documents.flatMap((document) => document.rows);
  await timed(`writing ${passages.length} passages`, async () => {
    let batch: typeof documents = [];
    for (const document of documents) {
      batch.push(document);
      if (batch.reduce((sum, entry) => sum + entry.rows.length, 0) < rowsPerCommit) continue;
      await store.replacePassages(batch);
      batch = [];
    }
    await store.replacePassages(batch);
  });
  await timed('word index and maintenance', () =>
    store.passages.maintain({ force: true, rebuildWords: true }),
  );
  const vectors = await timed(`embedding, ${encoder.info.name} on ${encoder.device}`, () =>
    encoder.encodePassages(passages.map(passageText)),
  );
  const set = session.vectors.active;
  await timed('writing vectors', async () => {
    const byId = new Map(
      passages.map(({ chunkId }, index) => {
        const { vector, windows } = vectors[index]!;
        return [chunkId, { vector, windows: packWindows(windows) }];
      }),
    );
    for (let first = 0; first < documents.length; first += 40) {
      const some = documents.slice(first, first + 40);
      const ids = new Map(some.map(({ documentId, rows: [row] }) => [documentId, row?.contentHash ?? '']));
      await set.addVectors(ids, byId);
    }
  });
  await timed('maintenance of the vectors', () => set.maintainVectors({ force: true }));
  await engine.close();
}

/** In a process of its own, so that another checkout can be measured in the same way. */
async function measureWhole(name: string, checkout: string, folder: string): Promise<{ home: string }> {
  const home = join(scratch, name);
  const flags = [...(values.words ? ['words'] : []), ...(values.quiet ? [] : ['asked'])];
  const script = join(import.meta.dirname, 'index', 'index-once.ts');
  const output = execFileSync(process.execPath, [script, checkout, home, folder, ...flags], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const run: WholeRun = JSON.parse(output.trim().split('\n').at(-1)!);
  const searches = run.searches
    ? `; a search meanwhile: p50 ${run.searches.p50Ms} ms, p95 ${run.searches.p95Ms} ms of ${run.searches.count}`
    : '';
  if (run.wordsSeconds !== null) {
    note(
      `${name}: words complete`,
      run.wordsSeconds,
      `${run.wordsCpuSeconds!.toFixed(1)} s of CPU${searches}`,
    );
  }
  if (values.words) return { home };
  const told = [`${run.cpuSeconds.toFixed(1)} s of CPU`, `at most ${run.peakMB} MB`];
  if (run.encoderBusy !== null) told.push(`the encoder busy ${run.encoderBusy} of the time behind words`);
  note(
    `${name}: all of it (${run.state}, ${run.passages} passages)`,
    run.totalSeconds,
    `${told.join('; ')}${searches}`,
  );
  if (run.rescanSeconds !== null) note(`${name}: a run without changes`, run.rescanSeconds);
  return { home };
}

function measureRecoll(folder: string, turn = 1): void {
  const config = join(scratch, `recoll-${turn}`);
  mkdirSync(config);
  writeFileSync(join(config, 'recoll.conf'), `topdirs = ${folder}\n`);
  const startedAtMs = performance.now();
  execFileSync('recollindex', ['-c', config], { stdio: 'ignore' });
  note(turn === 1 ? 'Recoll' : `Recoll, ${turn}`, (performance.now() - startedAtMs) / 1000);
}

/** One set of vectors, and a second one beside it. */
async function measureDisk(home: string): Promise<void> {
  const index = join(home, 'libraries', 'default', 'index');
  const store = await ChunkStore.open(index);
  const [id = ''] = await store.listSets();
  await store.close();
  const passages = bytesBelow(join(index, 'passages.lance'));
  const vectors = bytesBelow(join(index, `${id}.lance`));
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  const ratio = (passages + 2 * vectors) / (passages + vectors);
  note(
    'disk',
    0,
    `passages ${megabytes(passages)}, vectors ${megabytes(vectors)}; two sets are ${ratio.toFixed(2)} x one`,
  );
}
