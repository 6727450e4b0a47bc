/** Writes the manual page of the command line, from the table of its help: `npm run node -- build/documents/man-page.ts FILE`. Packages carry it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createProgram } from '../../src-main/cli/create-program.ts';
import { manPage } from '../../src-main/cli/manual/man-page.ts';
import { Terminal } from '../../src-main/cli/output/terminal.ts';
import { productVersion } from '../../src-main/engine/product-version.ts';

/** Compressed where the name ends in `.gz`, as Debian wants it. */
export function writeManPage(path: string): void {
  const program = createProgram(new Terminal(process.stdout, process.stderr), async () => {});
  const page = manPage(program, productVersion());
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, path.endsWith('.gz') ? gzipSync(page, { level: 9 }) : page);
}

if (import.meta.main)
  writeManPage(resolve(process.argv[2] ?? join(import.meta.dirname, '../../out/cli/llara.1')));
