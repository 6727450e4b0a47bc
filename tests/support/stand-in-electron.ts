/**
 * Writes a folder that has the files of an Electron distribution for Linux (less its sample app) without their contents, because the real one
 * cannot be fetched on every machine. The program holds a real fuse wire, so that what packaging sets can be read back.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files of Electron 45 for Linux, locales cut down to two. */
export const standInFiles = [
  'LICENSE',
  'LICENSES.chromium.html',
  'chrome-sandbox',
  'chrome_100_percent.pak',
  'chrome_200_percent.pak',
  'chrome_crashpad_handler',
  'electron',
  'icudtl.dat',
  'libEGL.so',
  'libGLESv2.so',
  'libffmpeg.so',
  'libvk_swiftshader.so',
  'libvulkan.so.1',
  'locales/de.pak',
  'locales/en-US.pak',
  'resources.pak',
  'snapshot_blob.bin',
  'v8_context_snapshot.bin',
  'version',
  'vk_swiftshader_icd.json',
];

export function writeStandInElectron(folder: string): void {
  for (const name of standInFiles) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, name === 'electron' ? programWithFuses() : `stand-in for ${name}\n`);
  }
  for (const name of ['electron', 'chrome-sandbox', 'chrome_crashpad_handler'])
    chmodSync(join(folder, name), 0o755);
}

/** Electron's sentinel, wire version 1, the number of fuses, then one character each: 1 on, 0 off. */
function programWithFuses(): Buffer {
  const defaults = '101110111';
  return Buffer.concat([
    Buffer.from('stand-in program\n'),
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, defaults.length]),
    Buffer.from(defaults),
    Buffer.alloc(64),
  ]);
}
