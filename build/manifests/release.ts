/** What a package manager has to know of a release: where each installer is, and which bytes it must have. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appIdentity } from '../../src-main/desktop/app-identity.ts';

export interface Release {
  version: string;
  /** Day of the release, `2026-11-29`. */
  date: string;
  /** Folder of the installers on the web, https, without a slash at the end. */
  baseUrl: string;
  homepage: string;
  /** `Name <address>`. */
  maintainer: string;
  description: string;
  /** SHA-256 in lower-case hexadecimal, by the file name of the installer. */
  checksums: Readonly<Record<string, string>>;
}

/** The names that electron-builder gives; each system and package format has its own word for a CPU. */
export function installerNames(version: string) {
  const name = (rest: string) => `${appIdentity.name}-${version}-${rest}`;
  return {
    debX64: name('linux-amd64.deb'),
    debArm64: name('linux-arm64.deb'),
    appImageX64: name('linux-x86_64.AppImage'),
    appImageArm64: name('linux-arm64.AppImage'),
    dmg: name('mac-arm64.dmg'),
    setup: name('win-x64-setup.exe'),
    portable: name('win-x64-portable.exe'),
  };
}

/** Throws where the release has no such installer: a manifest without a checksum must not be published. */
export function checksumOf(release: Release, file: string): string {
  const checksum = release.checksums[file];
  if (checksum === undefined) {
    throw new Error(`${file} is not among the installers, so no manifest can name its checksum.`);
  }
  return checksum;
}

/** Checksums of those installers of a version that lie in `folder`. */
export function readChecksums(folder: string, version: string): Record<string, string> {
  const names = Object.values(installerNames(version)).filter((name) => existsSync(join(folder, name)));
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}
