/**
 * Looks at a packed folder before it is signed: drops what the app does not use, and fails where a native part of the
 * target is missing, so that no installer is made that cannot search.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Lockfile, shippedPackages, type Target } from './shipped-packages.ts';

export interface PackageCheck {
  target: Target;
  lock: Lockfile;
}

export function checkPackage(
  appFolder: string,
  resourcesFolder: string,
  { target, lock }: PackageCheck,
): void {
  rmSync(join(resourcesFolder, 'default_app.asar'), { force: true });
  const missing = missingNativeParts(resourcesFolder, { target, lock });
  if (missing.length > 0) {
    throw new Error(
      `${appFolder} lacks ${missing.join(', ')}. Install them for the target and package again: ` +
        `npm ci --os ${target.os} --cpu ${target.cpu}`,
    );
  }
  if (target.os !== 'linux') return;
  stripSymbols(resourcesFolder, target);
  linkSharedLibraries(
    join(resourcesFolder, 'app.asar.unpacked/node_modules/@node-llama-cpp'),
    `linux-${target.cpu}`,
  );
}

/** Packages with native code that the target needs, and that hold no library of its kind in the unpacked folder. */
export function missingNativeParts(resourcesFolder: string, { target, lock }: PackageCheck): string[] {
  const unpacked = join(resourcesFolder, 'app.asar.unpacked');
  return requiredNativePackages(lock, target).filter(
    (name) =>
      !existsSync(join(unpacked, 'node_modules', name)) ||
      globSync('**/*.{node,so,dylib,dll}', { cwd: join(unpacked, 'node_modules', name) }).length === 0,
  );
}

/** Throws where a library is not published for the target at all. */
export function requiredNativePackages(lock: Lockfile, target: Target): string[] {
  const names = shippedPackages(lock, target).map(({ name }) => name);
  return (['@koromix/koffi-', '@lancedb/lancedb-', '@node-llama-cpp/'] as const).flatMap((prefix) => {
    const found = names.filter((name) => name.startsWith(prefix));
    if (found.length === 0) {
      throw new Error(
        `No package ${prefix}* is published for ${target.os} ${target.cpu}; it cannot be packaged.`,
      );
    }
    return found;
  });
}

/**
 * LanceDB's library for Linux comes with a fifth of its size in symbols that nothing reads, about 8 MB compressed; llama.cpp's libraries
 * with 0.3 MB.
 */
function stripSymbols(resourcesFolder: string, target: Target): void {
  const unpacked = join(resourcesFolder, 'app.asar.unpacked/node_modules');
  for (const library of globSync('{@lancedb,@node-llama-cpp}/**/*.{node,so}', { cwd: unpacked })) {
    const path = join(unpacked, library);
    if (!isElfFor(path, target)) continue;
    try {
      execFileSync('strip', ['--strip-unneeded', path], { stdio: 'pipe' });
    } catch (error) {
      console.warn(`${library} keeps its symbols: ${String(error).split('\n')[0]}`);
    }
  }
}

/** The Vulkan package repeats the CPU backends of the plain one, file by file; a link carries each of them once. */
function linkSharedLibraries(packages: string, plain: string): void {
  const [own, other] = [plain, `${plain}-vulkan`].map((name) => join(packages, name, 'bins', name));
  if (!own || !other || !existsSync(other)) return;
  for (const name of readdirSync(other)) {
    const [twin, path] = [join(own, name), join(other, name)];
    if (!name.endsWith('.so') || !existsSync(twin) || !readFileSync(path).equals(readFileSync(twin)))
      continue;
    rmSync(path);
    symlinkSync(relative(other, twin), path);
  }
}

/** `strip` of this machine knows its own kind of CPU alone. */
function isElfFor(path: string, target: Target): boolean {
  return (
    process.platform === 'linux' &&
    process.arch === target.cpu &&
    readFileSync(path).subarray(1, 4).toString() === 'ELF'
  );
}
