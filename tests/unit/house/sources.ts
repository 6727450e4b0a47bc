/** The sources as data for the tests about them: which files there are, what each imports, and what each folder may. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** From the bottom up. A folder may import itself and every folder listed with it. */
export const allowed: Record<string, string[]> = {
  contract: [],
  common: ['contract'],
  words: ['contract'],
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

export type Import = { from: string; to: string; typeOnly: boolean };

export const findFiles = (pattern: string) =>
  globSync(pattern, { cwd: repository }).map((path) => path.replaceAll('\\', '/'));

export const sources = findFiles('{src-main,src-renderer}/**/*.{ts,js,svelte}');

/** Static, dynamic and re-exporting imports; of a Svelte file, those of its scripts. */
export function importsOf(from: string): Import[] {
  const text = readFileSync(join(repository, from), 'utf8');
  const code = from.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n')
    : text;
  return specifiersOf(code).map(({ specifier, typeOnly }) => ({
    from,
    to: targetOf(from, specifier),
    typeOnly,
  }));
}

export function specifiersOf(code: string): { specifier: string; typeOnly: boolean }[] {
  const file = ts.createSourceFile('file.ts', code, ts.ScriptTarget.Latest);
  const found: { specifier: string; typeOnly: boolean }[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier && ts.isStringLiteral(specifier)) found.push({ specifier: specifier.text, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true);
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
export function findCycles(edges: readonly Import[]): string[] {
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
