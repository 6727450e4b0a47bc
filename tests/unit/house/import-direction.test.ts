/**
 * Walks every import of the sources. A folder may use those below it in the table and no others, nothing imports in a
 * circle, and only the desktop knows Electron; what breaks that is named with its file. ARCHITECTURE.md states the same table.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** From the bottom up. A folder may import itself and every folder listed with it. */
const allowed: Record<string, string[]> = {
  contract: [],
  common: ['contract'],
  words: [],
  native: ['common'],
  llara: ['contract', 'common', 'native'],
  library: ['contract', 'common', 'words'],
  store: ['contract', 'common', 'words'],
  search: ['contract', 'common', 'words', 'llara', 'library', 'store'],
  adaptation: ['contract', 'common', 'native', 'llara', 'library', 'store', 'search'],
  answering: ['contract', 'common', 'words', 'library'],
  engine: ['contract', 'common', 'llara', 'library', 'store', 'search', 'adaptation', 'answering'],
  host: ['contract', 'common', 'engine'],
  cli: ['contract', 'common', 'engine', 'host'],
  desktop: ['contract', 'common'],
};

const mostFiles = 15;
type Import = { from: string; to: string; typeOnly: boolean };

const sources = globSync('{src-main,src-renderer}/**/*.{ts,js,svelte}', { cwd: repository }).map((path) =>
  path.replaceAll('\\', '/'),
);
const imports = sources.flatMap(importsOf);
const inside = imports.filter(({ to }) => to.startsWith('src-'));

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

  test('ARCHITECTURE.md has the same table, in the same order', () => {
    const documented = [...folderMap(readFileSync(join(repository, 'ARCHITECTURE.md'), 'utf8'))];
    expect(documented).toEqual(Object.entries(allowed));
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
    expect(findCycles(inside)).toEqual([]);
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
  const files = globSync('{src-main,src-renderer,tests,build}/**/*.{ts,js,svelte}', { cwd: repository }).map(
    (path) => path.replaceAll('\\', '/'),
  );
  const counts = new Map<string, number>();
  for (const path of files) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);

  test('hold at most fifteen files of their own', () => {
    const large = [...counts].filter(([, count]) => count > mostFiles);
    expect(large).toEqual([]);
  });
});

describe('the checks themselves', () => {
  test('a row of the map is read, and a row of another table is not', () => {
    const rows = '| `top` | what it `does` | `low` `mid` |\n| `low` | | |\n| `resources` | icons |\n';
    expect([...folderMap(rows)]).toEqual([
      ['top', ['low', 'mid']],
      ['low', []],
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

/** Static, dynamic and re-exporting imports; of a Svelte file, those of its scripts. */
function importsOf(from: string): Import[] {
  const text = readFileSync(join(repository, from), 'utf8');
  const code = from.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n')
    : text;
  const file = ts.createSourceFile(from, code, ts.ScriptTarget.Latest);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier && ts.isStringLiteral(specifier))
      found.push({ from, to: targetOf(from, specifier.text), typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** A path from the repository's root for a relative import, else the package's name as written. */
function targetOf(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return relative(repository, resolve(repository, dirname(from), specifier.replace(/\?.*$/, ''))).replaceAll(
    '\\',
    '/',
  );
}

/** Each circle once, beginning with the file met first. */
function findCycles(edges: readonly Import[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of edges) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  const path: string[] = [];
  const cycles: string[] = [];
  const visit = (file: string): void => {
    const start = path.indexOf(file);
    if (start >= 0) cycles.push([...path.slice(start), file].join(' → '));
    if (start >= 0 || done.has(file)) return;
    path.push(file);
    for (const target of targets.get(file) ?? []) visit(target);
    path.pop();
    done.add(file);
  };
  for (const file of targets.keys()) visit(file);
  return cycles;
}
