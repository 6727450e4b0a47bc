/**
 * Throughput of indexing, stage by stage, each alone and then all together through the engine:
 * `node tests/bench/index-bench.ts [FOLDER] [MODEL.gguf]`. The folder is the sample library unless given.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resourcesDirectory } from '../../src-main/common/resources-directory.ts';
import { Engine } from '../../src-main/engine/engine.ts';
import { documentRows } from '../../src-main/engine/indexing/document-rows.ts';
import { indexRequest } from '../../src-main/engine/job-requests.ts';
import { scanFolder } from '../../src-main/library/watching/scan-folder.ts';
import type { PassageRow } from '../../src-main/store/chunk-row.ts';

const folder = process.argv[2] ?? join(resourcesDirectory(), 'sample-library');
if (process.argv[3]) process.env.LLARA_MODEL = process.argv[3];
const scratch = mkdtempSync(join(tmpdir(), 'llara-bench-'));
const rows: { stage: string; seconds: string; rate: string }[] = [];
const note = (stage: string, startedAtMs: number, amount: number, unit: string) => {
  const seconds = (performance.now() - startedAtMs) / 1000;
  rows.push({ stage, seconds: seconds.toFixed(2), rate: `${(amount / seconds).toFixed(0)} ${unit}/s` });
};

try {
  const paths: string[] = [];
  let startedAtMs = performance.now();
  for await (const file of scanFolder(folder)) paths.push(file.path);
  note('scan', startedAtMs, paths.length, 'files');
  const megabytes = paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6;

  const engine = await Engine.open({ home: join(scratch, 'stages') });
  const session = engine.libraries.get('default');
  await session.extraction.extract(paths[0] ?? folder); // Threads start with the first file.
  startedAtMs = performance.now();
  const extractions = await Promise.all(paths.map((path) => session.extraction.extract(path)));
  note(`extract ${paths.length} files, ${megabytes.toFixed(1)} MB`, startedAtMs, paths.length, 'files');

  startedAtMs = performance.now();
  const documents = extractions.flatMap(({ outcome }, index) => {
    if (outcome.state !== 'indexed') return [];
    const source = { id: `document-${index}`, path: paths[index]!, modifiedAt: 0, contentHash: '' };
    return [
      { documentId: source.id, rows: documentRows(source, outcome.document, session.vectors.countTokens) },
    ];
  });
  const passages: PassageRow[] = documents.flatMap((document) => document.rows);
  note(`chunk into ${passages.length} passages`, startedAtMs, passages.length, 'passages');

  const { encoder } = session.vectors;
  if (encoder) {
    const texts = passages.map((passage) => passage.text);
    const tokenCount = encoder.countTokens(texts).reduce((sum, count) => sum + count, 0);
    startedAtMs = performance.now();
    await encoder.encode(texts, 'passage');
    note(`encode ${tokenCount} tokens on ${encoder.device}`, startedAtMs, tokenCount, 'tokens');
  }
  startedAtMs = performance.now();
  await session.vectors.store.replacePassages(documents);
  note('store', startedAtMs, passages.length, 'passages');
  startedAtMs = performance.now();
  await session.vectors.active.maintain({ force: true, rebuildWords: true });
  note('maintain', startedAtMs, passages.length, 'passages');
  await engine.close();

  const whole = await Engine.open({ home: join(scratch, 'whole') });
  whole.libraries.get('default').folders.add(folder, []);
  startedAtMs = performance.now();
  const job = await whole.jobs.wait(whole.jobs.submit(indexRequest('default')).id);
  note(`all of it, as a job (${job.state})`, startedAtMs, paths.length, 'files');
  await whole.close();
  console.table(rows);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(0);
