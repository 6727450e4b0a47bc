/**
 * Makes packages of the built app: `npm run package -- [--dir] [--linux|--mac|--win] [--x64|--arm64]`, by default for
 * this machine. `--dir` stops at the unpacked folder; `--electron-dist PATH` uses a local Electron distribution.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Arch, build, Platform } from 'electron-builder';
import { writeManPage } from './documents/man-page.ts';
import { electronBuilderConfig } from './electron-builder.ts';
import { allTargets, collectLicences, readBundledPackages, writeLicences } from './licences.ts';
import type { Lockfile, Target, TargetSystem } from './shipped-packages.ts';

const root = join(import.meta.dirname, '..');

const { values } = parseArgs({
  options: {
    dir: { type: 'boolean', default: false },
    linux: { type: 'boolean', default: false },
    mac: { type: 'boolean', default: false },
    win: { type: 'boolean', default: false },
    x64: { type: 'boolean', default: false },
    arm64: { type: 'boolean', default: false },
    'electron-dist': { type: 'string' },
    output: { type: 'string' },
  },
});

const os: TargetSystem = values.linux
  ? 'linux'
  : values.mac
    ? 'darwin'
    : values.win
      ? 'win32'
      : (process.platform as TargetSystem);
const cpu: Target['cpu'] = values.x64 ? 'x64' : values.arm64 ? 'arm64' : (process.arch as Target['cpu']);
const platform = { linux: Platform.LINUX, darwin: Platform.MAC, win32: Platform.WINDOWS }[os];

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lockfile;

const licences = collectLicences({ root, lock, targets: allTargets, bundled: readBundledPackages(root) });
writeLicences(licences, join(root, 'resources/licences'));

const manualPage = join(root, 'out/manual/llara.1.gz');
writeManPage(manualPage);

await build({
  projectDir: root,
  targets: platform.createTarget(values.dir ? ['dir'] : null, Arch[cpu]),
  config: electronBuilderConfig({
    target: { os, cpu },
    lock,
    manualPage,
    updateUrl: process.env.LLARA_UPDATE_URL ?? null,
    ...(process.env.LLARA_MAINTAINER ? { maintainer: process.env.LLARA_MAINTAINER } : {}),
    ...(process.env.LLARA_HOMEPAGE ? { homepage: process.env.LLARA_HOMEPAGE } : {}),
    ...(values['electron-dist'] ? { electronDist: values['electron-dist'] } : {}),
    ...(values.output ? { outputFolder: values.output } : {}),
  }),
  publish: 'never',
});
