/** Packages the built app into a folder of its own, against a stand-in Electron distribution; builds it first where it is not built. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeStandInElectron } from './stand-in-electron.ts';

const root = join(import.meta.dirname, '../..');

/** Returns the folder of the unpacked app below `workFolder`. */
export function packageApp(workFolder: string): string {
  const node = (...args: string[]) => execFileSync(process.execPath, args, { cwd: root, stdio: 'pipe' });
  const isBuilt = ['main/index.js', 'preload/preload.cjs', 'renderer/index.html', 'bundled-packages.json'];
  if (!isBuilt.every((path) => existsSync(join(root, 'out', path)))) {
    node('node_modules/electron-vite/bin/electron-vite.js', 'build');
  }
  const electron = join(workFolder, 'electron');
  const output = join(workFolder, 'dist');
  writeStandInElectron(electron);
  node('build/package.ts', '--dir', '--linux', '--x64', '--electron-dist', electron, '--output', output);
  return join(output, 'linux-unpacked');
}
