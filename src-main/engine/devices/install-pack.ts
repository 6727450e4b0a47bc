/**
 * Fetches the packages of a device pack and puts them in place, all of them or none. A kill in between leaves what was there before, and
 * the next try goes on with what has been fetched.
 */
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../common/app-error.ts';
import type { DevicePacks, PackName } from '../../llara/device/device-packs.ts';
import { fetchPackage } from '../downloads/npm/fetch-package.ts';
import type { Registry } from '../downloads/npm/registry.ts';
import { unpackPackage } from '../downloads/npm/unpack-package.ts';
import type { JobControl } from '../jobs/job-control.ts';

/** Three times what the largest takes. */
const maxUnpackedBytes = 1_200_000_000;

/** Throws `not-supported`, `download-invalid`, `disk-full` or what the connection reports. */
export async function installPack(
  name: PackName,
  packs: DevicePacks,
  control: JobControl,
  registry?: Registry,
): Promise<void> {
  const downloads = join(packs.directory, 'downloads');
  const complete = join(downloads, `${name}-complete`);
  const packages = packs.packagesOf(name);
  const archives: string[] = [];
  for (const wanted of packages) {
    const title = `${name} (${basename(wanted.name)} ${wanted.version})`;
    archives.push(await fetchPackage({ ...wanted, title }, downloads, control, registry));
  }
  try {
    // What a kill left may be half of an older one.
    await rm(complete, { recursive: true, force: true });
    await mkdir(complete, { recursive: true });
    for (const [at, archive] of archives.entries()) {
      await control.checkpoint();
      const title = basename(packages[at]!.name);
      control.report('unpacking', 0, null, '', title);
      await unpackPackage(archive, join(complete, title), { title, maxBytes: maxUnpackedBytes });
    }
    await control.checkpoint();
    await packs.place(name, complete);
    await rm(downloads, { recursive: true, force: true });
  } catch (error) {
    // What came cannot be used, however often it is tried; after anything else the next try begins with it.
    const isUseless = error instanceof AppError && error.code !== 'disk-full' && error.code !== 'conflict';
    await rm(isUseless ? downloads : complete, { recursive: true, force: true });
    throw error;
  }
}
