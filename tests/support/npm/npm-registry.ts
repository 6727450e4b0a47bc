/** A registry of this machine with the packages that a test puts there, which speaks npm's protocol and misbehaves as told. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ServedPackage = {
  tarball: Buffer;
  /** As the registry states it; that of the tarball unless given, none with null. */
  integrity?: string | null;
  os?: string[];
  cpu?: string[];
  /** Tarballs are at this address in what the registry says. */
  statedHost?: string;
  /** The connection is cut after so many bytes, `cuts` times. */
  cutAfterBytes?: number;
  cuts?: number;
};

export type TestRegistry = {
  /** With a slash at its end. */
  readonly url: string;
  /** Requests, such as `GET /@scope%2fname`, with the authorization they came with. */
  readonly requests: { line: string; authorization: string | null }[];
  /** Bytes of tarballs that were sent. */
  readonly sentBytes: number;
  close(): Promise<void>;
};

export const integrityOf = (bytes: Uint8Array): string => createHash('sha512').update(bytes).digest('base64');

/** By `name@version`. */
export async function serveRegistry(packages: Record<string, ServedPackage>): Promise<TestRegistry> {
  const requests: TestRegistry['requests'] = [];
  let sentBytes = 0;
  let cuts = 0;
  const server = createServer((request, response) => {
    const { url: address = '', method, headers } = request;
    requests.push({ line: `${method} ${address}`, authorization: headers.authorization ?? null });
    const path = decodeURIComponent(address).slice(1);
    const found = Object.entries(packages).find(([key]) => path === tarballPath(key));
    if (!found) {
      const versions = Object.entries(packages).filter(([key]) => nameOf(key) === path);
      if (versions.length === 0) return void response.writeHead(404).end('{}');
      const stated = versions.map(([key, served]) => [versionOf(key), describe(url, key, served)]);
      const body = JSON.stringify({ name: path, versions: Object.fromEntries(stated) });
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    }
    const { tarball, cutAfterBytes = Infinity, cuts: wantedCuts = 0 } = found[1];
    const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
    const start = range ? Number(range[1]) : 0;
    const end = range?.[2] ? Math.min(Number(range[2]), tarball.length - 1) : tarball.length - 1;
    response.writeHead(range ? 206 : 200, {
      'content-type': 'application/octet-stream',
      'content-length': end - start + 1,
      'accept-ranges': 'bytes',
      ...(range ? { 'content-range': `bytes ${start}-${end}/${tarball.length}` } : {}),
    });
    if (method === 'HEAD') return void response.end();
    const isCut = cuts < wantedCuts && end - start + 1 > cutAfterBytes;
    const part = tarball.subarray(start, isCut ? start + cutAfterBytes : end + 1);
    sentBytes += part.length;
    if (!isCut) return void response.end(part);
    cuts += 1;
    response.write(part, () => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    requests,
    get sentBytes() {
      return sentBytes;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const nameOf = (key: string) => key.slice(0, key.lastIndexOf('@'));
const versionOf = (key: string) => key.slice(key.lastIndexOf('@') + 1);
const tarballPath = (key: string) =>
  `${nameOf(key)}/-/${nameOf(key).split('/').at(-1)}-${versionOf(key)}.tgz`;

function describe(url: string, key: string, { tarball, integrity, os, cpu, statedHost }: ServedPackage) {
  const stated = integrity === undefined ? `sha1-AAAA sha512-${integrityOf(tarball)}` : integrity;
  return {
    name: nameOf(key),
    version: versionOf(key),
    ...(os ? { os } : {}),
    ...(cpu ? { cpu } : {}),
    dist: {
      tarball: `${statedHost ?? url}${tarballPath(key)}`,
      ...(stated === null ? {} : { integrity: stated }),
    },
  };
}
