/**
 * Writes the manifests of package managers for the installers in a folder:
 * `npm run manifests -- --installers dist --url https://…/v0.2.0 --output dist/manifests`. `LLARA_HOMEPAGE` and `LLARA_MAINTAINER`
 * are those of packaging. A manifest whose installer is not there is left out, and that is said.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { allManifests } from './all-manifests.ts';
import { readChecksums } from './release.ts';

const { values } = parseArgs({
  options: {
    installers: { type: 'string', default: 'dist' },
    url: { type: 'string' },
    output: { type: 'string', default: 'dist/manifests' },
    date: { type: 'string', default: new Date().toISOString().slice(0, 10) },
  },
});
const { LLARA_HOMEPAGE: homepage, LLARA_MAINTAINER: maintainer } = process.env;
if (!values.url?.startsWith('https://') || !homepage || !maintainer) {
  console.error(
    'Give --url https://…, where the installers are, and set LLARA_HOMEPAGE and LLARA_MAINTAINER.',
  );
  process.exit(2);
}
const { version, description } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
) as { version: string; description: string };

const { files, leftOut } = allManifests({
  version,
  description,
  homepage,
  maintainer,
  date: values.date,
  baseUrl: values.url.replace(/\/$/, ''),
  checksums: readChecksums(values.installers, version),
});
for (const [path, content] of Object.entries(files)) {
  const target = join(values.output, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
  console.log(target);
}
for (const reason of leftOut) console.warn(`Left out: ${reason}`);
if (Object.keys(files).length === 0) process.exit(1);
