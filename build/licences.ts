/**
 * Collects the licences of everything a package carries: npm packages of every target, packages bundled into the page,
 * and the parts that come with no package of their own. `npm run package` writes them to resources/licences.
 * A part without a licence is an error, never left out.
 */
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Lockfile, shippedPackages, type Target } from './shipped-packages.ts';

export interface LicenceEntry {
  name: string;
  version: string;
  /** SPDX expression. */
  licence: string;
  text: string;
}

export interface LicenceSources {
  /** Folder of the project. */
  root: string;
  lock: Lockfile;
  targets: readonly Target[];
  /** Names of packages bundled into the page. */
  bundled: readonly string[];
}

export const allTargets: Target[] = [
  { os: 'linux', cpu: 'x64' },
  { os: 'linux', cpu: 'arm64' },
  { os: 'darwin', cpu: 'arm64' },
  { os: 'win32', cpu: 'x64' },
];

export function collectLicences({ root, lock, targets, bundled }: LicenceSources): LicenceEntry[] {
  const folders = new Set(
    targets.flatMap((target) => shippedPackages(lock, target).map(({ folder }) => folder)),
  );
  for (const name of bundled) folders.add(`node_modules/${name}`);
  const entries = [...folders].map((folder) => packageLicence(root, lock, folder));
  return [...entries, ...ownParts(root)].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

export function writeLicences(entries: readonly LicenceEntry[], folder: string): void {
  mkdirSync(folder, { recursive: true });
  const list = entries.map(({ name, version, licence }) => ({ name, version, licence }));
  writeFileSync(join(folder, 'licences.json'), `${JSON.stringify(list, null, 2)}\n`);
  const texts = entries.map(
    ({ name, version, licence, text }) =>
      `${name} ${version} (${licence})\n${'='.repeat(72)}\n\n${text.trim()}\n`,
  );
  writeFileSync(join(folder, 'THIRD-PARTY.txt'), texts.join('\n\n'));
}

/** Packages bundled into the page, as the build has written them down. */
export function readBundledPackages(root: string): string[] {
  const path = join(root, 'out/bundled-packages.json');
  if (!existsSync(path)) throw new Error(`${path} is missing: run \`npm run build\` first.`);
  return JSON.parse(readFileSync(path, 'utf8')) as string[];
}

/** Parts that no package.json speaks of. Electron's and Chromium's own licences lie beside the program. */
function ownParts(root: string): LicenceEntry[] {
  const llamaCpp = readFileSync(join(root, 'build/licence-texts/llama.cpp.txt'), 'utf8');
  return [
    { name: 'llama.cpp and ggml', version: 'as in node-llama-cpp', licence: 'MIT', text: llamaCpp },
    ...modelLicences(root),
  ];
}

/** Each bundled model needs a licence: a LICENSE beside the file, or the SPDX name that the file itself gives. */
function modelLicences(root: string): LicenceEntry[] {
  const folder = join(root, 'resources/models');
  return globSync('**/*.gguf', { cwd: folder }).map((file) => {
    const licence = ggufLicence(join(folder, file));
    const beside = join(folder, dirname(file), 'LICENSE');
    const standard = join(root, `build/licence-texts/${licence}.txt`);
    const path = [beside, standard].find(existsSync);
    if (!licence || !path) throw new Error(`The model ${file} names no licence; it must not be shipped.`);
    return {
      name: basename(file, '.gguf'),
      version: 'as bundled',
      licence,
      text: readFileSync(path, 'utf8'),
    };
  });
}

/** Value of `general.license` in a GGUF header: the key, then the type 8 (string), the length and the text. */
export function ggufLicence(path: string): string | null {
  const head = readFileSync(path).subarray(0, 4_000_000);
  const key = head.indexOf('general.license');
  if (key < 0) return null;
  const value = key + 'general.license'.length;
  if (head.readUInt32LE(value) !== 8) return null;
  const length = Number(head.readBigUInt64LE(value + 4));
  return head.subarray(value + 12, value + 12 + length).toString('utf8');
}

function packageLicence(root: string, lock: Lockfile, folder: string): LicenceEntry {
  const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const version = lock.packages[folder]?.version ?? '';
  const kin = [folder, ...kinOf(name).map((other) => `node_modules/${other}`)];
  const manifest = firstOf(kin, (at) => readManifest(join(root, at)));
  const text = firstOf(kin, (at) => licenceText(join(root, at)));
  const licence = lock.packages[folder]?.license ?? manifest?.license ?? recognise(text);
  if (typeof licence !== 'string')
    throw new Error(`${name} ${version} names no licence; it must not be shipped.`);
  return { name, version, licence, text: text ?? standardText(root, name, licence, manifest?.author) };
}

/** A few packages enclose a licence and forget to name it. */
function recognise(text: string | null): string | null {
  return text && /^\s*(The )?MIT License/i.test(text) ? 'MIT' : null;
}

/** A package made for one system is part of the package that loads it, and carries that one's licence. */
function kinOf(name: string): string[] {
  if (name.startsWith('@node-llama-cpp/')) return ['node-llama-cpp'];
  if (name.startsWith('@koromix/koffi-')) return ['koffi'];
  if (name.startsWith('@lancedb/lancedb-')) return ['@lancedb/lancedb'];
  if (name.startsWith('@reflink/reflink-')) return ['@reflink/reflink'];
  return name.startsWith('@simple-git/') ? ['simple-git'] : [];
}

function licenceText(folder: string): string | null {
  if (!existsSync(folder)) return null;
  const files = readdirSync(folder).filter((file) =>
    /^(licen[sc]e|copying|notice|unlicense)([.-]|$)/i.test(file),
  );
  if (files.length === 0) return null;
  return files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n\n');
}

interface Manifest {
  license?: string;
  author?: string | { name?: string };
}

function readManifest(folder: string): Manifest | null {
  const path = join(folder, 'package.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Manifest) : null;
}

/** For a package that states its licence and encloses no text: the licence's standard wording. */
function standardText(root: string, name: string, licence: string, author: Manifest['author']): string {
  const holder = typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`);
  if (licence === 'MIT') return mitText.replace('HOLDER', holder);
  const path = join(root, `build/licence-texts/${licence}.txt`);
  if (!existsSync(path)) throw new Error(`${name} is under ${licence} but encloses no licence text.`);
  return `Copyright ${holder}\n\n${readFileSync(path, 'utf8')}`;
}

function firstOf<Item, Result>(items: readonly Item[], of: (item: Item) => Result | null): Result | null {
  for (const item of items) {
    const result = of(item);
    if (result !== null) return result;
  }
  return null;
}

const mitText = `MIT License

Copyright (c) HOLDER

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;
