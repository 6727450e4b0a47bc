/**
 * What filters cost at 100 000 documents: asking the manifest, a condition with so many ids in the index, and what every search pays for
 * copies. Usage: node tests/bench/filter-bench.ts [DOCUMENTS]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { textSignature } from '../../src-main/library/extraction/text-signature.ts';
import { DocumentTable } from '../../src-main/library/manifest/document-table.ts';
import { valuesOf } from '../../src-main/library/manifest/document-values.ts';
import { openLibraryDatabase } from '../../src-main/library/manifest/library-database.ts';
import { foldCopies } from '../../src-main/search/answers/fold-copies.ts';
import { parseQuery } from '../../src-main/search/query-syntax.ts';
import { ChunkStore } from '../../src-main/store/chunk-store.ts';
import { isOneOf } from '../../src-main/store/sql.ts';

const dimension = 64;
const documentsPerCommit = 2000;
const words =
  'lease notice period boiler heating garden invoice contract water letter house school music river'.split(
    ' ',
  );
const listLengths = [10, 100, 500, 1000, 2000, 4000, 8000, 50_000];
const filters = [
  'tag:tag7',
  'tag:common',
  'author:ann',
  'from:ann500',
  'title:lease',
  'lang:de',
  'size:>5MB',
  'date:2024-05',
];

const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const textOf = (n: number): string =>
  Array.from({ length: 12 }, (_, at) => words[(n * (at + 3) * 7919) % words.length]).join(' ');

function vectorOf(n: number): Float32Array {
  const vector = Float32Array.from({ length: dimension }, (_, at) => Math.sin(n * 12.9898 + at * 78.233));
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

/** Past the index of names, which is none of what is measured here. */
function fillManifest(database: DatabaseSync, documents: DocumentTable, count: number): void {
  const insert = database.prepare(
    `INSERT INTO documents (id, folder_id, path, relative_path, title, size_bytes, facts, modified_at, state, chunk_count, content_hash)
     VALUES (?, 'f', ?, ?, ?, ?, ?, 1, 'indexed', 1, 'h')`,
  );
  documents.transaction(() => {
    for (let n = 0; n < count; n++) {
      const id = idOf(n);
      const facts = {
        authors: [`Ann${n % 1000} Ames`],
        tags: [`tag${n % 5000}`, n % 2 ? 'common' : 'rare'],
        from: `ann${n % 1000}@example.org`,
        date: Date.UTC(2010 + (n % 20), n % 12, 1 + (n % 28)),
      };
      insert.run(id, `/f/${id}`, id, textOf(n), n * 100, JSON.stringify(facts));
      documents.values.put(id, valuesOf({ title: textOf(n), facts, language: n % 3 ? 'en' : 'de' }));
      documents.copies.put(id, id, textSignature(`${textOf(n)} ${n}`));
    }
  });
}

async function fillIndex(store: ChunkStore, count: number): Promise<void> {
  const set = await store.openSet('bench', dimension);
  for (let first = 0; first < count; first += documentsPerCommit) {
    await set.replaceDocuments(
      Array.from({ length: Math.min(documentsPerCommit, count - first) }, (_, offset) => {
        const documentId = idOf(first + offset);
        return {
          documentId,
          rows: [
            {
              ...{ chunkId: `${documentId}:0`, documentId, path: `/f/${documentId}`, kind: 'text' as const },
              ...{
                modifiedAt: first,
                contentHash: documentId,
                ordinal: 0,
                language: 'en',
                text: textOf(first + offset),
              },
              ...{ headingPath: [], page: null, start: 0, end: 9, vector: vectorOf(first + offset) },
            },
          ],
        };
      }),
    );
  }
  await set.maintain({ force: true });
}

/** Milliseconds, median of nine after one that fills caches. */
async function p50(work: () => unknown): Promise<number> {
  await work();
  const times: number[] = [];
  for (let n = 0; n < 9; n++) {
    const startedAtMs = performance.now();
    await work();
    times.push(performance.now() - startedAtMs);
  }
  return Number(times.sort((a, b) => a - b)[4]!.toFixed(3));
}

const count = Number(process.argv[2] ?? 100_000);
const directory = await mkdtemp(join(tmpdir(), 'llara-filter-bench-'));
const database = openLibraryDatabase(directory);
database.exec("INSERT INTO folders (id, path, added_at) VALUES ('f', '/f', 1)");
const documents = new DocumentTable(database);
const fillMs = await (async () => {
  const startedAtMs = performance.now();
  fillManifest(database, documents, count);
  return performance.now() - startedAtMs;
})();
console.log(`manifest filled in ${(fillMs / 1000).toFixed(1)} s`);
for (const filter of filters) {
  const { condition } = parseQuery(filter);
  const leaf = 'of' in condition && Array.isArray(condition.of) ? condition.of[0] : condition;
  const group = leaf.type === 'any' ? leaf.of[0] : leaf;
  const found = documents.values.matching(group.documents).length;
  console.log(
    filter,
    `${found} documents`,
    await p50(() => documents.values.matching(group.documents)),
    'ms',
  );
}
const ranked = Array.from({ length: 300 }, (_, n) => ({ documentId: idOf(n * 7), score: 1, passages: [] }));
const paid = {
  parse: await p50(() => parseQuery('when does the lease of the flat end')),
  fold: await p50(() => foldCopies(ranked, 10, (ids) => documents.copies.familiesOf(ids))),
  places: await p50(() => ranked.slice(0, 10).map(({ documentId }) => documents.copies.placesOf(documentId))),
};
console.log('every search pays, ms', JSON.stringify(paid));
database.close();
const store = await ChunkStore.open(join(directory, 'index'));
await fillIndex(store, count);
const set = await store.openSet('bench', dimension);
const any = [{ term: 'leas' }, { term: 'boiler' }];
for (const length of [0, ...listLengths.filter((length) => length <= count)]) {
  const where =
    length === 0
      ? null
      : isOneOf(
          'documentId',
          Array.from({ length }, (_, n) => idOf(n)),
        );
  const times = {
    words: await p50(() => set.findByWords({ any, where, limit: 150 })),
    vectors: await p50(() => set.findByVector(vectorOf(3), { where, limit: 150 })),
    newest: await p50(() => set.findRecent(where ?? 'true', 10)),
  };
  console.log(`${length} ids`, JSON.stringify(times));
}
await store.close();
await rm(directory, { recursive: true, force: true });
