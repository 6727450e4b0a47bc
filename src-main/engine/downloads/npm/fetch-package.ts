/**
 * Fetches one version of a package of npm when a person asks for it, as a file whose checksum is right. Nothing of it is unpacked or run
 * here. An interrupted download goes on where it was.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../common/app-error.ts';
import type { JobControl } from '../../jobs/job-control.ts';
import { downloadFile, hasChecksum } from '../download-file.ts';
import { configuredRegistry, findRelease, type Registry, type Release } from './registry.ts';

export type WantedPackage = {
  name: string;
  version: string;
  /** What a person is told that it is. */
  title: string;
  /** SHA-512 in base64 where it is known beforehand: then a registry that states another one is not believed. */
  integrity: string | null;
};

/**
 * Resolves to the path of the tarball in `directory`; whoever asked deletes it. Throws `not-found`, `not-supported` for another system's
 * package, `download-invalid` for a wrong checksum, `disk-full`, or what the connection reports.
 */
export async function fetchPackage(
  wanted: WantedPackage,
  directory: string,
  control: JobControl,
  registry: Registry = configuredRegistry(wanted.name),
): Promise<string> {
  const { name, version, title } = wanted;
  control.report('connecting', 0, null, 'bytes');
  const release = await findRelease(registry, name, version, control.signal);
  refuseOtherSystems(release, `${name} ${version}`);
  if (wanted.integrity !== null && wanted.integrity !== release.integrity) {
    throw new AppError(
      'download-invalid',
      `${new URL(registry.url).host} states another checksum of ${name} ${version} than the one that is known. It was not fetched.`,
    );
  }
  const fileName = `${name.replaceAll(/[^\w.-]+/g, '-').replace(/^-/, '')}-${version}.tgz`;
  const source = {
    name: title,
    url: release.tarballUrl,
    fileName,
    headers: headersFor(release.tarballUrl, registry),
    checksum: { algorithm: 'sha512', base64: release.integrity },
  } as const;
  // Where several packages are fetched, one may have come before the rest was interrupted.
  const before = join(directory, fileName);
  if (existsSync(before) && (await hasChecksum(before, source.checksum, control.signal))) return before;
  return await downloadFile(source, directory, control);
}

/** Credentials go to the registry's own host alone. */
function headersFor(url: string, { url: registryUrl, authorization }: Registry): Record<string, string> {
  const isOwn = new URL(url).origin === new URL(registryUrl).origin;
  return isOwn && authorization !== null ? { authorization } : {};
}

function refuseOtherSystems({ os, cpu }: Release, what: string): void {
  if (allows(os, process.platform) && allows(cpu, process.arch)) return;
  throw new AppError(
    'not-supported',
    `${what} is made for ${[...os, ...cpu].join(', ')}, and this is ${process.platform}, ${process.arch}. It was not fetched.`,
  );
}

/** As npm reads such a list: names that may be, or names with `!` before them that may not. */
function allows(list: readonly string[], value: string): boolean {
  const named = list.filter((entry) => !entry.startsWith('!'));
  return (
    !list.includes(`!${value}`) && (named.length === 0 || named.includes(value) || named.includes('any'))
  );
}
