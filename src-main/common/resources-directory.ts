/** Where the product's own files are: the bundled encoder, the sample library. The same code serves source, bundle and package. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `LLARA_RESOURCES` overrides; else the nearest `resources` folder above this file that holds what ships. */
export function resourcesDirectory(): string {
  if (process.env.LLARA_RESOURCES) return process.env.LLARA_RESOURCES;
  let directory = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(directory, 'resources');
    if (['models', 'sample-library'].some((name) => existsSync(join(candidate, name)))) return candidate;
    const parent = dirname(directory);
    if (parent === directory) return join(directory, 'resources');
    directory = parent;
  }
}
