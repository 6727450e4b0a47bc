/** A folder is counted before it is read: what would be found, and what is left out and by which name. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { previewFolder } from '../../../src-main/library/watching/preview-folder.ts';

let root = '';
const add = (...paths: string[]) => {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '12345');
  }
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'llara-preview-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('counts documents, other files, and what is left out by the name that says so', async () => {
  add('letter.pdf', 'notes/a.md', 'photo.jpg', 'notes/old.log', 'yarn.lock');
  add('web/node_modules/a/index.js', 'web/node_modules/b/c/README.md', 'web/.git/HEAD', 'dist/a.md');
  writeFileSync(join(root, '.gitignore'), 'dist/\n');
  const preview = await previewFolder(root, { exclude: ['*.log', '.gitignore'], limitMs: 60_000 });
  expect(preview).toMatchObject({ files: 3, documents: 2, sizeBytes: 10, isComplete: true, leftOutFiles: 6 });
  const groups = preview.leftOut.map(({ rule, name, files }) => `${rule} ${name} ${files}`);
  expect(groups[0]).toBe('dependencies node_modules 2');
  expect(groups.toSorted()).toEqual([
    'dependencies node_modules 2',
    'excluded *.log 1',
    'gitignore .gitignore 1',
    'hidden .git 1',
    'lock-file yarn.lock 1',
  ]);
});

it('counts what was taken back as found', async () => {
  add('node_modules/a.md', 'b.md');
  expect(await previewFolder(root, { exclude: ['!node_modules'], limitMs: 60_000 })).toMatchObject({
    documents: 2,
    leftOut: [],
  });
});

it('says that there is more when its time is over', async () => {
  add('a.md', 'b.md', 'node_modules/c.md');
  const preview = await previewFolder(root, { limitMs: 0 });
  expect(preview).toMatchObject({ files: 1, isComplete: false });
});

it('refuses a folder that is not there', async () => {
  await expect(previewFolder(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'path-not-readable' });
});
