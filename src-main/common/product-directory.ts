/** The folder of the product's package.json, which holds the built page too; found from the sources and from every bundle of them. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The nearest folder above this file that holds a package.json. */
export function productDirectory(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let directory = start; ; ) {
    if (existsSync(join(directory, 'package.json'))) return directory;
    const parent = dirname(directory);
    if (parent === directory) return start;
    directory = parent;
  }
}
