/**
 * How long a question takes at 10 000 and 100 000 passages, without encoding it, and what keeping the indexes costs; beside it, how long each of the
 * encoders that come along takes to encode a question. Usage: node tests/bench/search-bench.ts [PASSAGES…] [--vectors WORK_FOLDER] [--json FILE.json]
 *
 * WORK_FOLDER is one of `tests/eval/measure-ranking.ts`: vectors are then mixtures of those of its libraries, in place of random ones in clusters.
 */
import { writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Document } from '../../src-main/contract/libraries.ts';
import type { SearchMode, SearchTiming } from '../../src-main/contract/search.ts';
import { createTextEncoder } from '../../src-main/llara/encode/create-text-encoder.ts';
import type { TextEncoder } from '../../src-main/llara/encode/text-encoder.ts';
import { searchLibrary } from '../../src-main/search/search-library.ts';
import { type ChunkSet, ChunkStore } from '../../src-main/store/chunk-store.ts';
import { bytesBelow } from './support/bytes-below.ts';
import { peakMegabytes } from './support/peak-memory.ts';
import { passagesPerDocument, SyntheticLibrary } from './synthetic-library.ts';
import { EmbeddedVectors, readEmbeddedVectors } from './vector-index/embedded-vectors.ts';

const models = join(import.meta.dirname, '../../resources/models');
const dimension = 384;
const documentsPerCommit = 50;
const queryCount = 200;
/** The later ones as with an adapter that has learnt what neighbours count for. */
const kinds: { mode: SearchMode; neighbourWeight: number; filter?: string }[] = [
  { mode: 'lexical', neighbourWeight: 0 },
  { mode: 'dense', neighbourWeight: 0 },
  { mode: 'hybrid', neighbourWeight: 0 },
  { mode: 'hybrid', neighbourWeight: 0.4 },
  { mode: 'hybrid', neighbourWeight: 0.4, filter: 'type:pdf' },
  { mode: 'hybrid', neighbourWeight: 0.4, filter: 'path:documents/document-77' },
];

export type SearchBenchRow = {
  passages: number;
  writeSeconds: number;
  maintainSeconds: number;
  /** Of both tables with their indexes. */
  diskBytesPerPassage: number;
  /** The most memory that the process has held so far. */
  peakMB: number;
  /** Null while search is exact. */
  vectorIndex: { probes: number; recall: number } | null;
  latencies: ((typeof kinds)[number] & {
    p50Ms: number;
    p95Ms: number;
    stagesP50Ms: Partial<SearchTiming>;
  })[];
};

export async function searchBench(
  passageCounts: readonly number[],
  known: readonly Float32Array[] | null = null,
): Promise<SearchBenchRow[]> {
  const rows: SearchBenchRow[] = [];
  for (const passages of passageCounts) {
    const directory = await mkdtemp(join(tmpdir(), 'llara-search-bench-'));
    const store = await ChunkStore.open(directory);
    try {
      const embedded = known && new EmbeddedVectors(known);
      const library = new SyntheticLibrary(dimension, embedded && (() => embedded.mixed()));
      const set = await store.openSet('bench', dimension);
      rows.push(await measure(set, library, passages, () => bytesBelow(directory)));
    } finally {
      await store.close();
      await rm(directory, { recursive: true, force: true });
    }
  }
  return rows;
}

async function measure(
  set: ChunkSet,
  library: SyntheticLibrary,
  passages: number,
  diskBytes: () => number,
): Promise<SearchBenchRow> {
  let writeSeconds = 0;
  const documentCount = passages / passagesPerDocument;
  for (let first = 0; first < documentCount; first += documentsPerCommit) {
    const length = Math.min(documentsPerCommit, documentCount - first);
    const batch = Array.from({ length }, (_, n) => library.document(first + n));
    writeSeconds += await seconds(() => set.replaceDocuments(batch));
  }
  const maintainSeconds = await seconds(() => set.maintain({ force: true }));
  console.error(
    `${passages} passages written in ${Math.round(writeSeconds)} s, indexes kept in ${Math.round(maintainSeconds)} s; asking…`,
  );
  const latencies = [];
  for (const kind of kinds) latencies.push(await measureKind(set, library, kind));
  return {
    passages,
    writeSeconds,
    maintainSeconds,
    diskBytesPerPassage: Math.round(diskBytes() / passages),
    peakMB: peakMegabytes(),
    vectorIndex: set.vectorIndex,
    latencies,
  };
}

async function measureKind(set: ChunkSet, library: SyntheticLibrary, kind: (typeof kinds)[number]) {
  const { mode, neighbourWeight, filter = '' } = kind;
  const encoder = instantEncoder(library);
  const timings: SearchTiming[] = [];
  for (let n = -20; n < queryCount; n++) {
    const { timing } = await searchLibrary(
      { set, encoder, neighbourWeight, documents: (ids) => ids.map(documentOf) },
      {
        library: 'bench',
        query: `${library.text(6, 30)} ${filter}`,
        mode,
        limit: 10,
        passagesPerDocument: 3,
      },
    );
    // The first questions fill caches.
    if (n >= 0) timings.push(timing);
  }
  const quantile = (stage: keyof SearchTiming, part: number) => {
    const sorted = timings.map((timing) => timing[stage]).sort((a, b) => a - b);
    return Number(sorted[Math.floor(sorted.length * part)]!.toFixed(2));
  };
  const stages = ['parseMs', 'lexicalMs', 'denseMs', 'fuseMs', 'presentMs'] as const;
  return {
    ...kind,
    p50Ms: quantile('totalMs', 0.5),
    p95Ms: quantile('totalMs', 0.95),
    stagesP50Ms: Object.fromEntries(stages.map((stage) => [stage, quantile(stage, 0.5)])),
  };
}

/** Median over questions of six to twelve words, one at a time, by folder of the model. */
async function encodingMs(): Promise<Record<string, number>> {
  const medians: Record<string, number> = {};
  for (const name of await readdir(models)) {
    const file = (await readdir(join(models, name))).find((entry) => entry.endsWith('.gguf'))!;
    const encoder = await createTextEncoder({ modelPath: join(models, name, file), device: 'cpu' });
    const times: number[] = [];
    for (let n = -10; n < 100; n++) {
      const question = `where is the letter of ${n + 10} may about the roof${' of the old barn'.repeat(1 + (n & 1))}`;
      const startedAtMs = performance.now();
      await encoder.encode([question], 'query', { priority: 'interactive' });
      if (n >= 0) times.push(performance.now() - startedAtMs);
    }
    await encoder.dispose();
    medians[name] = Number(times.sort((a, b) => a - b)[50]!.toFixed(1));
  }
  return medians;
}

export const instantEncoder = (library: SyntheticLibrary): TextEncoder => ({
  info: {
    id: 'synthetic',
    name: 'synthetic',
    adapterId: null,
    adaptsPassages: false,
    languages: [],
    countsByWord: false,
  },
  dimension,
  maxTextTokens: 512,
  device: 'none',
  encode: async (texts) => texts.map(() => library.vector()),
  encodePassages: async (texts) => texts.map(() => ({ vector: library.vector(), windows: [] })),
  makesWindows: false,
  countTokens: (texts) => texts.map(() => 1),
  dispose: async () => {},
});

export const documentOf = (id: string): Document => ({
  id,
  folderId: 'bench',
  path: id,
  relativePath: id,
  title: id,
  kind: 'pdf',
  sizeBytes: 0,
  modifiedAt: 0,
  state: 'indexed',
  reason: null,
  pageCount: null,
  chunkCount: passagesPerDocument,
});

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return Number(((performance.now() - startedAtMs) / 1000).toFixed(2));
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { vectors: { type: 'string' }, json: { type: 'string' } },
  });
  const counts = positionals.map(Number);
  const known = values.vectors ? await readEmbeddedVectors(values.vectors) : null;
  const rows = await searchBench(counts.length > 0 ? counts : [10_000, 100_000], known);
  const encodeQuestionP50Ms = await encodingMs();
  const result = { loadAverage: loadavg()[0], cores: availableParallelism(), encodeQuestionP50Ms, rows };
  const text = JSON.stringify(result, null, 2);
  if (values.json) writeFileSync(values.json, `${text}\n`);
  console.log(text);
}
