/** The documents hold together: their links lead somewhere, and the guide names every command and option there is. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../../src-main/cli/create-program.ts';
import type { Terminal } from '../../../src-main/cli/output/terminal.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const read = (path: string) => readFileSync(join(repository, path), 'utf8');
const documents = globSync(['*.md', 'docs/**/*.md'], { cwd: repository }).map((path) =>
  path.replaceAll('\\', '/'),
);

describe('links', () => {
  test('lead to files and headings that are there', () => {
    expect(documents.length).toBeGreaterThan(10);
    expect(documents.flatMap((path) => brokenLinks(path, read(path)))).toEqual([]);
  });

  test('that lead nowhere are found', () => {
    const text = '[a](README.md) [b](missing.md) [c](README.md#no-such-heading) [d](https://example.org)';
    expect(brokenLinks('ARCHITECTURE.md', text)).toEqual([
      'ARCHITECTURE.md: missing.md',
      'ARCHITECTURE.md: README.md#no-such-heading',
    ]);
  });
});

test('the guide to the command line names every command and option', () => {
  const guide = read('docs/guide/command-line.md');
  const program = createProgram({} as Terminal, async () => {});
  const missing = commandsOf(program).flatMap(({ name, options }) =>
    [`llara ${name}`, ...options].filter((text) => !guide.includes(text)),
  );
  expect(missing).toEqual([]);
});

function brokenLinks(path: string, text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [file = '', heading] = link.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      if (!existsSync(join(repository, target))) return true;
      return heading !== undefined && !headingsOf(read(target)).has(heading);
    })
    .map((link) => `${path}: ${link}`);
}

/** As GitHub names them in links. */
function headingsOf(text: string): Set<string> {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map((match) => match[1] ?? '');
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function commandsOf(
  command: Command,
  parents: readonly string[] = [],
): { name: string; options: string[] }[] {
  return command.commands.flatMap((child) => {
    const names = [...parents, child.name()];
    // The default of a group is written `llara models [list]`.
    const isDefault = Reflect.get(command, '_defaultCommandName') === child.name();
    return [
      {
        name: isDefault ? parents.join(' ') : names.join(' '),
        options: child.options.map(({ long }) => long ?? ''),
      },
      ...commandsOf(child, names),
    ];
  });
}
