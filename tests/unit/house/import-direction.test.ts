/**
 * Walks every import of the sources, their tests and their tools. A folder may use those below it in the table and no others, nothing
 * imports in a circle, and only the desktop knows Electron; what breaks that is named with its file.
 */
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allowed, findCycles, findFiles, type Import, importsOf, sources, specifiersOf } from './sources.ts';

const mostFiles = 15;

const imports = sources.flatMap(importsOf);
const inside = imports.filter(({ to }) => to.startsWith('src-'));
/** What tests and tools import, of one another and of the sources. */
const around = findFiles('{tests,build}/**/*.ts').flatMap(importsOf);

describe('imports', () => {
  test('the walk sees the sources', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(inside.length).toBeGreaterThan(200);
    expect(inside).toContainEqual({
      from: 'src-main/common/app-error.ts',
      to: 'src-main/contract/error-codes.ts',
      typeOnly: true,
    });
  });

  test('every folder of src-main has its place in the table', () => {
    const folders = new Set(sources.filter((path) => path.startsWith('src-main/')).map(folderOf));
    expect([...folders].filter((folder) => !(folder in allowed))).toEqual([]);
  });

  test('no folder reaches upwards or sideways', () => {
    const forbidden = inside.filter(({ from, to }) => {
      if (!from.startsWith('src-main/')) return false;
      if (!to.startsWith('src-main/')) return true;
      return folderOf(from) !== folderOf(to) && !allowed[folderOf(from)]?.includes(folderOf(to));
    });
    expect(forbidden.map(describeImport)).toEqual([]);
  });

  test('the page shares the contract alone with the rest', () => {
    const forbidden = inside.filter(
      ({ from, to }) =>
        from.startsWith('src-renderer/') && to.startsWith('src-main/') && folderOf(to) !== 'contract',
    );
    expect(forbidden.map(describeImport)).toEqual([]);
  });

  test('the contract needs nothing but its two libraries', () => {
    const packages = imports.filter(
      ({ from, to }) => folderOf(from) === 'contract' && !to.startsWith('src-main/contract/'),
    );
    expect(new Set(packages.map(({ to }) => to))).toEqual(new Set(['@orpc/contract', 'zod']));
  });

  test('only the desktop knows Electron', () => {
    const users = imports.filter(({ to }) => /^electron(\/|$)/.test(to)).map(({ from }) => folderOf(from));
    expect([...new Set(users)]).toEqual(['desktop']);
  });

  test('only the native layer and its user know FFI', () => {
    const users = imports.filter(({ to }) => to === 'koffi').map(({ from }) => folderOf(from));
    expect([...new Set(users)].filter((folder) => folder !== 'native' && folder !== 'llara')).toEqual([]);
  });

  test('nothing imports in a circle, types included', () => {
    expect(findCycles([...inside, ...around])).toEqual([]);
  });

  test('no folder is granted what it does not use', () => {
    const used = new Set(inside.map(({ from, to }) => `${folderOf(from)} → ${folderOf(to)}`));
    const unused = Object.entries(allowed).flatMap(([folder, granted]) =>
      granted.map((other) => `${folder} → ${other}`).filter((grant) => !used.has(grant)),
    );
    expect(unused).toEqual([]);
  });
});

describe('folders', () => {
  test('hold at most fifteen files of their own', () => {
    const counts = new Map<string, number>();
    for (const path of findFiles('{src-main,src-renderer,tests,build}/**/*.{ts,js,svelte,css,html,py}'))
      counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
    expect(counts.get('build/encoder')).toBeGreaterThan(1);
    expect([...counts].filter(([, count]) => count > mostFiles)).toEqual([]);
  });
});

describe('the checks themselves', () => {
  test('an import of a type inside of an expression is seen', () => {
    expect(
      specifiersOf('type A = import("./a.ts").A; export type { B } from "./b.ts"; await import("c");'),
    ).toEqual([
      { specifier: './a.ts', typeOnly: true },
      { specifier: './b.ts', typeOnly: true },
      { specifier: 'c', typeOnly: false },
    ]);
  });

  test('a circle is found and named', () => {
    const edge = (from: string, to: string): Import => ({ from, to, typeOnly: false });
    expect(findCycles([edge('a', 'b'), edge('b', 'c'), edge('c', 'a'), edge('c', 'd')])).toEqual([
      'a → b → c → a',
    ]);
    expect(findCycles([edge('a', 'b'), edge('a', 'c'), edge('b', 'd'), edge('c', 'd')])).toEqual([]);
  });
});

function folderOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function describeImport({ from, to }: Import): string {
  return `${from} → ${to}`;
}
