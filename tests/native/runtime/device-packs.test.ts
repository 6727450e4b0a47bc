/** A build that a person has fetched is found where no package brings it, and one that does not load is named with the reason. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { chooseVariant } from '../../../src-main/llara/device/choose-variant.ts';
import { probeDevices } from '../../../src-main/llara/device/probe-devices.ts';
import { expectedRelease } from '../../../src-main/native/abi/expected-version.ts';
import {
  installedVariants,
  locateNativeLibraries,
  type NativeVariant,
  nativePackageName,
  packDirectory,
} from '../../../src-main/native/library-location.ts';
import { scratchFolder } from '../helpers/scratch.ts';

/** No package has it on this system, so that what is found can only be the pack. */
const absent: NativeVariant = process.platform === 'darwin' ? 'vulkan' : 'metal';
const scratch = scratchFolder();
const packs = join(scratch, 'packs');
const name = nativePackageName(absent);
const directory = join(packDirectory(packs, absent), name, 'bins', name);

beforeAll(() => {
  const own = locateNativeLibraries({ variant: process.platform === 'darwin' ? undefined : 'cpu' }, null);
  mkdirSync(directory, { recursive: true });
  for (const file of readdirSync(own.directory)) {
    // The addon serves another binding, and the other's backend would take the place of the one that is missing.
    if (/addon|llama-common|metal/.test(file)) continue;
    cpSync(join(own.directory, file), join(directory, file));
  }
  const buildOptions = { gpu: absent, llamaCpp: { release: expectedRelease } };
  writeFileSync(join(directory, '_nlcBuildMetadata.json'), JSON.stringify({ buildOptions }));
  const suffix = { win32: 'dll', darwin: 'dylib' }[process.platform as string] ?? 'so';
  const prefix = process.platform === 'win32' ? '' : 'lib';
  writeFileSync(join(directory, `${prefix}ggml-${absent}.${suffix}`), 'no library');
});

describe('a pack', () => {
  it('is a build like those of npm, and the CPU build stays the last resort', () => {
    expect(installedVariants()).not.toContain(absent);
    expect(installedVariants(packs)).toContain(absent);
    expect(locateNativeLibraries({ variant: absent, packs }, null)).toMatchObject({
      directory,
      variant: absent,
    });
    expect(() => locateNativeLibraries({ variant: absent }, null)).toThrow('is not installed');
  });

  it('that this process has open already is kept to by whoever asks for its build', () => {
    expect(locateNativeLibraries({ variant: absent }, directory).directory).toBe(directory);
    expect(() => locateNativeLibraries({ variant: 'cuda', directory: scratch }, directory)).toThrow(
      'already computes with',
    );
  });

  it('whose backend does not load is listed with the reason, and the CPU goes on', async () => {
    const devices = await probeDevices('auto', { threads: 1, variants: [absent, 'cpu'], packs });
    expect(devices).toMatchObject([
      { backend: 'cpu', usable: true, active: true },
      { backend: absent, usable: false, active: false, probe: expect.stringContaining('do not open') },
    ]);
    expect(devices[1]!.probe).toContain(`ggml-${absent}`);
  });
});

describe('the automatic choice, where there is a driver of NVIDIA', () => {
  const hasCuda = installedVariants().includes('cuda');
  if (!hasCuda) console.warn('Skipped: no package brings CUDA for this system.');
  const cachePath = join(scratch, 'verdict.json');
  const choose = () => chooseVariant('auto', { cachePath, driver: 'a driver' });

  it.skipIf(!hasCuda)('takes CUDA only if the trial finds that it works, and keeps the verdict', async () => {
    const devices = await probeDevices('cuda', { threads: 1, variants: ['cuda'] });
    const usable = devices.some((device) => device.backend === 'cuda' && device.usable);
    await expect(choose()).resolves.toBe(usable ? 'cuda' : 'cpu');
    const verdict = JSON.parse(readFileSync(cachePath, 'utf8'));
    expect(verdict).toMatchObject({ usable, key: expect.stringContaining('a driver') });
    writeFileSync(cachePath, JSON.stringify({ ...verdict, usable: !usable }));
    await expect(choose()).resolves.toBe(usable ? 'cpu' : 'cuda');
  });
});
