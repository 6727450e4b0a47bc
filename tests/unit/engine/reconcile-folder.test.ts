/** What is on disk against what is known of a folder: what cannot be read just now is not gone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { reconcileFolder } from '../../../src-main/engine/indexing/scanning/reconcile-folder.ts';
import { DocumentTable } from '../../../src-main/library/manifest/document-table.ts';
import { FolderTable } from '../../../src-main/library/manifest/folder-table.ts';
import {
  closeLibraryDatabase,
  openLibraryDatabase,
} from '../../../src-main/library/manifest/library-database.ts';
import type { FoundFile } from '../../../src-main/library/manifest/manifest-document.ts';

function libraryWith(root: string, ...names: string[]) {
  const directory = mkdtempSync(join(tmpdir(), 'llara-reconcile-'));
  const database = openLibraryDatabase(directory);
  onTestFinished(() => {
    closeLibraryDatabase(database, directory);
    rmSync(directory, { recursive: true, force: true });
  });
  const [folders, documents] = [new FolderTable(database), new DocumentTable(database)];
  const folder = folders.find(folders.add(root, []))!;
  for (const name of names)
    documents.addPending(folder.id, {
      path: join(root, name),
      relativePath: name,
      sizeBytes: 1,
      modifiedAt: 1,
    });
  return { folder, documents };
}

test.each([
  ['a folder', '/papers', '/papers/old', ['old/a.txt'], ['b.txt', 'older.txt']],
  ['a single file', '/papers', '/papers/b.txt', ['b.txt'], ['old/a.txt', 'older.txt']],
  ['a whole disk', '/', '/', ['b.txt', 'old/a.txt', 'older.txt'], []],
])('of %s that cannot be read, documents are kept', async (_, root, unreadable, kept, gone) => {
  const { folder, documents } = libraryWith(root, 'old/a.txt', 'older.txt', 'b.txt');
  const changes = await reconcileFolder(
    folder,
    documents,
    (onUnreadable) => {
      onUnreadable(unreadable);
      return nothing();
    },
    async () => {},
  );
  const lost = changes.gone.map(({ relativePath }) => relativePath).sort();
  expect(lost).toEqual(gone);
  expect(kept.filter((name) => lost.includes(name))).toEqual([]);
});

test('a part of a path is found as a person types it, whatever letters the disk has', () => {
  const { documents } = libraryWith('/papers', 'Re\u0301sume\u0301s/ÄRGER.md', 'b.txt');
  const found = (pathContains: string) => documents.list({ pathContains, offset: 0, limit: 10 }).total;
  expect(['résumés', 'Résumés\\ärger', 'RE\u0301SUME\u0301S/'].map(found)).toEqual([1, 1, 1]);
  expect(found('resumes')).toBe(0);
});

/** A scan that finds no file. */
const nothing = (): AsyncIterable<FoundFile> => Readable.from([]);
