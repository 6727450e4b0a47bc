/** The product's version, from its package.json, found from source as well as from the bundle. */
import { readFileSync } from 'node:fs';

export function productVersion(): string {
  // src-main/engine and out/main are both two folders below the package.
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
