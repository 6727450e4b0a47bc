/**
 * Decides, once at the start of a process, which build of the native libraries it opens for a device setting. A GPU that nobody named
 * is used only after a throwaway process has reproduced the CPU's vectors on it; the verdict is kept in a file until the driver changes.
 */
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expectedRelease } from '../../native/abi/expected-version.ts';
import { installedVariants, type NativeVariant } from '../../native/library-location.ts';
import { nvidiaDriver } from './nvidia-driver.ts';
import { probeDevices } from './probe-devices.ts';

export type ChooseVariantOptions = {
  /** Where the verdict is kept; without it `auto` does not try a GPU that has to be probed. */
  cachePath?: string;
  /** Folder of builds that a person has fetched. */
  packs?: string;
  /** NVIDIA's driver, null for none; looked for where absent. */
  driver?: string | null;
};

/** `device`: `auto`, a backend (`cpu`, `cuda`, `vulkan`, `metal`) or a device name (`CUDA0`). */
export async function chooseVariant(
  device: string,
  options: ChooseVariantOptions = {},
  signal?: AbortSignal,
): Promise<NativeVariant> {
  const named = variantOf(device);
  if (named !== null) return named;
  const installed = installedVariants(options.packs);
  if (installed.includes('metal')) return 'metal';
  // Other GPUs are used when a person chooses them.
  const { driver = nvidiaDriver() } = options;
  if (driver === null || !installed.includes('cuda') || options.cachePath === undefined) return 'cpu';
  const key = `${expectedRelease} ${driver}`;
  const usable =
    readVerdict(options.cachePath, key) ?? (await probeCuda(options.cachePath, key, options.packs, signal));
  return usable ? 'cuda' : 'cpu';
}

/** The build that has the device of that name; null where the name does not say. */
export function variantOf(device: string): NativeVariant | null {
  const match = /^(cpu|cuda|vulkan|metal|mtl)\d*$/i.exec(device)?.[1]?.toLowerCase();
  return match === undefined ? null : match === 'mtl' ? 'metal' : (match as NativeVariant);
}

function readVerdict(cachePath: string, key: string): boolean | null {
  try {
    const verdict = JSON.parse(readFileSync(cachePath, 'utf8')) as { key?: unknown; usable?: unknown };
    return verdict.key === key && typeof verdict.usable === 'boolean' ? verdict.usable : null;
  } catch {
    // No verdict yet, or a damaged one: probe again.
    return null;
  }
}

async function probeCuda(
  cachePath: string,
  key: string,
  packs: string | undefined,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const devices = await probeDevices('cuda', { variants: ['cuda'], packs }, signal);
  const usable = devices.some((device) => device.backend === 'cuda' && device.usable);
  await mkdir(dirname(cachePath), { recursive: true });
  await writeFile(cachePath, JSON.stringify({ key, usable }));
  return usable;
}
