/**
 * Builds of the libraries that a person has fetched, in a folder of their own: what is there, and putting one in place or away. A process
 * opens one by `chooseVariant`; what a running process has opened stays open until it ends.
 */
import { existsSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../common/app-error.ts';
import type { DevicePack } from '../../contract/models.ts';
import {
  isInstalledAlong,
  locateNativeLibraries,
  nativePackageName,
  packDirectory,
} from '../../native/library-location.ts';
import { cudaPackages, type NativePackage } from './cuda-packages.ts';
import { nvidiaDriver } from './nvidia-driver.ts';

export type PackName = DevicePack['name'];

export class DevicePacks {
  /** Made with the first pack. */
  readonly directory: string;
  readonly #packages: readonly NativePackage[];

  constructor(home: string, packages: readonly NativePackage[] = cudaPackages()) {
    this.directory = join(home, 'packs');
    this.#packages = packages;
  }

  /** Empty where there is none for this system. */
  async list(): Promise<DevicePack[]> {
    const [first] = this.#packages;
    if (first === undefined) return [];
    const sizes = this.#packages.map(({ sizeBytes }) => sizeBytes);
    const downloadBytes = sizes.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0);
    const shared = { name: 'cuda' as const, version: first.version, hasDriver: nvidiaDriver() !== null };
    const place = this.#placeOf('cuda');
    if (existsSync(place)) return [{ ...shared, state: 'installed', sizeBytes: await bytesBelow(place) }];
    if (isInstalledAlong('cuda')) return [{ ...shared, state: 'along', sizeBytes: downloadBytes }];
    const others = await this.#directoriesOf('cuda');
    return [{ ...shared, state: others.length > 0 ? 'outdated' : 'absent', sizeBytes: downloadBytes }];
  }

  /** What a pack is made of. Throws `not-supported` where there is none for this system. */
  packagesOf(name: PackName): readonly NativePackage[] {
    if (this.#packages.length > 0) return this.#packages;
    throw new AppError(
      'not-supported',
      `There is no ${name} pack for ${process.platform}, ${process.arch}; there is one for Linux and for Windows on x64.`,
    );
  }

  /**
   * Takes a folder with the packages of a pack, whole and checked, and drops what was there of it before. Throws
   * `native-library-missing` or `native-library-mismatch` where it does not hold the libraries of this version, `conflict` where the
   * earlier ones are open and the system does not let go of them.
   */
  async place(name: PackName, complete: string): Promise<void> {
    const build = nativePackageName(name);
    locateNativeLibraries({ directory: join(complete, build, 'bins', build) }, null);
    const target = this.#placeOf(name);
    const before = await this.#directoriesOf(name);
    try {
      if (before.includes(target)) await rename(target, `${target}-before`);
      await rename(complete, target);
    } catch (cause) {
      throw inUse(target, cause);
    }
    // One that another process has open on Windows stays until the next time.
    for (const other of await this.#directoriesOf(name))
      if (other !== target) await rm(other, { recursive: true, force: true }).catch(() => undefined);
  }

  /** Throws `not-found` where it was not fetched, `conflict` where the system does not let go of a library that is open. */
  async remove(name: PackName): Promise<void> {
    const directories = await this.#directoriesOf(name);
    if (directories.length === 0) {
      const isAlong = isInstalledAlong(name);
      throw new AppError(
        'not-found',
        isAlong
          ? `${name} was installed by npm along with Llara, not fetched, and stays.`
          : `The ${name} pack is not here.`,
      );
    }
    for (const directory of directories) {
      await rm(directory, { recursive: true }).catch((cause: unknown) => {
        throw inUse(directory, cause);
      });
    }
  }

  /** Where a pack of this version lies; null where it was not fetched. */
  directoryOf(name: PackName): string | null {
    const place = this.#placeOf(name);
    return existsSync(place) ? place : null;
  }

  #placeOf(name: PackName): string {
    return packDirectory(this.directory, name);
  }

  /** Of any version. */
  async #directoriesOf(name: PackName): Promise<string[]> {
    const found = await readdir(this.directory).catch(() => []);
    return found.filter((entry) => entry.startsWith(`${name}-`)).map((entry) => join(this.directory, entry));
  }
}

const inUse = (directory: string, cause: unknown): AppError =>
  new AppError(
    'conflict',
    `${directory} is in use and cannot be replaced or removed. Choose another device in the settings, restart, then try again.`,
    { cause },
  );

async function bytesBelow(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
