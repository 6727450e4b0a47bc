/** A process to be killed: it writes versions of the same documents over and over, and says when each batch is committed. */
import { ChunkStore } from '../../../src-main/store/chunk-store.ts';
import { makeRow } from './rows.ts';

export const documentCount = 30;
export const rowsOf = (documentId: string, version: number) =>
  Array.from({ length: 3 + (version % 3) }, (_, ordinal) =>
    makeRow(documentId, ordinal, { contentHash: `v${version}`, text: `version ${version} of ${documentId}` }),
  );

if (process.argv[2]) {
  const store = await ChunkStore.open(process.argv[2]);
  const set = await store.openSet('words', 0);
  for (let version = Number(process.argv[3]); ; version++) {
    for (let first = 0; first < documentCount; first += 10) {
      const ids = Array.from({ length: 10 }, (_, n) => `d${first + n}`);
      await set.replaceDocuments(
        ids.map((documentId) => ({ documentId, rows: rowsOf(documentId, version) })),
      );
      process.stdout.write(`${version}\n`);
    }
    await set.maintain({ force: true });
  }
}
