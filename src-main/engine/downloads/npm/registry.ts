/**
 * What a registry of npm says of one version of a package. Which registry is asked, and as whom, is what the person's npm configuration
 * says (`.npmrc`, `npm_config_registry`), else npm's public one. It downloads no package.
 */
import findCredentials from 'registry-auth-token';
import findRegistry from 'registry-auth-token/registry-url.js';
import { z } from 'zod';
import { AppError } from '../../../common/app-error.ts';

/** `url` ends with a slash; `authorization` is the header that goes there and nowhere else. */
export type Registry = { url: string; authorization: string | null };

export type Release = {
  tarballUrl: string;
  /** SHA-512 of the tarball, in base64. */
  integrity: string;
  /** Systems and processors that it is made for; empty for all. */
  os: string[];
  cpu: string[];
};

const publicHost = 'registry.npmjs.org';

const releaseSchema = z.object({
  dist: z.object({ tarball: z.url({ protocol: /^https?$/ }), integrity: z.string().optional() }),
  os: z.array(z.string()).default([]),
  cpu: z.array(z.string()).default([]),
});
const packageSchema = z.object({ versions: z.record(z.string(), z.unknown()) });

/** The registry of a package's scope. Throws `bad-request` where the configuration names none that can be asked. */
export function configuredRegistry(packageName: string): Registry {
  const url = findRegistry(packageName.split('/')[0]);
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new AppError(
      'bad-request',
      `npm's configuration names the registry "${url}", which is no address.`,
    );
  }
  const found = findCredentials(url, { recursive: true });
  return { url, authorization: found ? `${found.type} ${found.token}` : null };
}

/** Throws `not-found` where the registry is not reached or has no such version, `download-invalid` where it states no SHA-512. */
export async function findRelease(
  registry: Registry,
  name: string,
  version: string,
  signal: AbortSignal,
): Promise<Release> {
  const { host } = new URL(registry.url);
  const response = await ask(registry, name, signal);
  if (!response.ok) throw new AppError('not-found', `${host} has no ${name} (HTTP ${response.status}).`);
  const document = packageSchema.safeParse(await response.json().catch(() => null));
  const stated = document.data?.versions[version];
  if (stated === undefined) throw new AppError('not-found', `${host} has no version ${version} of ${name}.`);
  const { data: release } = releaseSchema.safeParse(stated);
  const integrity = /(?:^|\s)sha512-([A-Za-z0-9+/=]{88})(?:\s|\?|$)/.exec(release?.dist.integrity ?? '')?.[1];
  if (release === undefined || integrity === undefined) {
    throw new AppError(
      'download-invalid',
      `${host} states no checksum (SHA-512) of ${name} ${version}, so it is not fetched.`,
    );
  }
  const { os, cpu, dist } = release;
  return { tarballUrl: reachableFrom(registry, dist.tarball), integrity, os, cpu };
}

async function ask({ url, authorization }: Registry, name: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(new URL(name.replace('/', '%2f'), url), {
      headers: {
        // The short form of the document, and the whole one from registries that do not know it.
        accept: 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8',
        ...(authorization === null ? {} : { authorization }),
      },
      signal,
    });
  } catch (cause) {
    signal.throwIfAborted();
    throw new AppError(
      'not-found',
      `${name} cannot be reached at ${new URL(url).host}. Check the connection, then try again.`,
      { cause },
    );
  }
}

/** A mirror may repeat the public registry's addresses; as npm does, the mirror is asked in its place. */
function reachableFrom(registry: Registry, tarballUrl: string): string {
  const { host, pathname } = new URL(tarballUrl);
  return host === publicHost ? new URL(pathname.slice(1), registry.url).href : tarballUrl;
}
