/**
 * Vector indexes beside each other at equal recall: how long they take to build, what they take on the disk and in the memory of a process that only asks,
 * and how long a question takes at the least width that finds .95 of the exact first 150. Vectors are those of embedded text. Usage:
 *
 *   npm run node -- tests/bench/vector-index/main.ts WORK_FOLDER [--passages 100000] [--kinds NAME…] [--json FILE.json]
 *
 * WORK_FOLDER is one of `tests/eval/measure-ranking.ts`. Each index is built, and asked, in a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connect } from '@lancedb/lancedb';
import { vectorsToArrow } from '../../../src-main/store/tables/vector-columns.ts';
import { EmbeddedVectors, readEmbeddedVectors } from './embedded-vectors.ts';
import { indexKinds } from './index-kinds.ts';

const rowsPerCommit = 20_000;
const questionCount = 40;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    passages: { type: 'string', default: '100000' },
    kinds: { type: 'string', multiple: true },
    json: { type: 'string' },
  },
});
const [work] = positionals;
if (!work)
  throw new Error('Usage: main.ts WORK_FOLDER [--passages 100000] [--kinds NAME…] [--json FILE.json]');
const scratch = mkdtempSync(join(tmpdir(), 'llara-vector-index-'));
try {
  const passages = Number(values.passages);
  const known = await readEmbeddedVectors(work);
  const library = new EmbeddedVectors(known);
  const dimension = known[0]!.length;
  const database = await connect(scratch);
  for (let first = 0; first < passages; first += rowsPerCommit) {
    const rows = Array.from({ length: Math.min(rowsPerCommit, passages - first) }, (_, n) => ({
      chunkId: `${first + n}`,
      documentId: `${first + n}`,
      contentHash: '',
      path: '',
      kind: 'text' as const,
      modifiedAt: 0,
      vector: library.vector(first + n),
      windows: null,
    }));
    const data = vectorsToArrow(rows, dimension);
    if (first === 0) await database.createTable('vectors', data);
    else await (await database.openTable('vectors')).add(data);
  }
  // Half-way between two passages, as the product measures recall.
  const questions = Array.from({ length: questionCount }, () => {
    const [one, other] = [library.mixed(), library.mixed()];
    return Array.from(one, (value, n) => value + other[n]!);
  });
  writeFileSync(join(scratch, 'questions.json'), JSON.stringify(questions));
  const rows = [];
  for (const kind of values.kinds ?? Object.keys(indexKinds)) {
    const built = child('build', kind);
    const found = 'failed' in built ? {} : child('widen', kind);
    const asked = found.width ? child('ask', kind, JSON.stringify(found.width)) : {};
    rows.push({ kind, ...built, ...found, ...asked });
    console.error(JSON.stringify(rows.at(-1)));
  }
  const result = {
    passages,
    known: known.length,
    cores: availableParallelism(),
    loadAverage: loadavg()[0],
    rows,
  };
  if (values.json) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(0);

function child(step: 'build' | 'widen' | 'ask', kind: string, width = '{}'): Record<string, unknown> {
  const script = join(import.meta.dirname, 'one-index.ts');
  const { stdout, status } = spawnSync(process.execPath, [script, scratch, step, kind, width], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return status === 0 ? JSON.parse(stdout.trim().split('\n').at(-1)!) : { failed: step };
}
