/** ARCHITECTURE.md says what each folder may import as the test of imports has it, and every place and file that it names is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { allowed, repository, sources } from './sources.ts';

const architecture = readFileSync(join(repository, 'ARCHITECTURE.md'), 'utf8');

test('ARCHITECTURE.md has the same table, in the same order', () => {
  expect([...folderMap(architecture)]).toEqual(Object.entries(allowed));
});

test('ARCHITECTURE.md names every other folder', () => {
  const named = [...architecture.matchAll(/^\| `([a-z-]+)` \|[^|\n]*\|$/gm)].map(([, name]) => name);
  const made = ['node_modules', 'out', 'dist'];
  const present = readdirSync(repository, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !made.includes(entry.name))
    .map(({ name }) => name);
  expect(named.sort()).toEqual(present.filter((name) => name !== 'src-main').sort());
});

test.each(['ARCHITECTURE.md', 'CONTRIBUTING.md'])(
  'every place of the sources that %s names is there',
  (path) => {
    const places = placesIn(readFileSync(join(repository, path), 'utf8'));
    expect(places.length).toBeGreaterThan(10);
    expect(places.filter((place) => !isThere(place))).toEqual([]);
  },
);

test('every file that ARCHITECTURE.md names alone is there', () => {
  const names = new Set(sources.map((path) => basename(path).replace(/\..*$/, '')));
  const notFiles = ['src-main', 'src-renderer', 'read-only'];
  const named = [...architecture.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, name]) => name ?? '');
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !names.has(name) && !notFiles.includes(name))).toEqual([]);
});

test('a row of the map is read, and a row of another table is not', () => {
  const rows = '| `top` | what it `does` | `low` `mid` |\n| `low` | | |\n| `resources` | icons |\n';
  expect([...folderMap(rows)]).toEqual([
    ['top', ['low', 'mid']],
    ['low', []],
  ]);
});

/** Rows of three cells that begin with the name of one folder; the last cell names those that it may import. */
function folderMap(text: string): Map<string, string[]> {
  const rows = text.matchAll(/^\| `([a-z]+)` \|[^|\n]*\|([^|\n]*)\|$/gm);
  return new Map(
    [...rows].map(([, folder, granted]) => [
      folder ?? '',
      [...(granted ?? '').matchAll(/`([a-z]+)`/g)].map(([, name]) => name ?? ''),
    ]),
  );
}

/** Paths in code marks that begin with a folder of the sources, such as `store/storage/writer-lease`; capitals stand for what varies. */
function placesIn(text: string): string[] {
  const folders = new Set([
    ...Object.keys(allowed),
    'src-main',
    'src-renderer',
    'tests',
    'build',
    'resources',
  ]);
  const paths = [...text.matchAll(/`([a-z-]+\/[a-z0-9./-]*)`/g)].map(([, path]) => path ?? '');
  return paths.filter((path) => folders.has(path.split('/')[0] ?? ''));
}

function isThere(place: string): boolean {
  const roots = ['', 'src-main/'];
  return roots.some((root) =>
    ['', '.ts', '.test.ts'].some((ending) => existsSync(join(repository, `${root}${place}${ending}`))),
  );
}
