/**
 * Writes the licences of what is bundled into the page, and of the bundled model, to out/licences: the npm package carries those
 * itself, while its dependencies come as packages with licences of their own. Runs whenever the package is packed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectLicences, readBundledPackages, writeLicences } from './licences.ts';
import type { Lockfile } from './shipped-packages.ts';

const root = join(import.meta.dirname, '..');
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lockfile;
const licences = collectLicences({ root, lock, targets: [], bundled: readBundledPackages(root) });
writeLicences(licences, join(root, 'out/licences'));
