/**
 * Fetches one file, when a person asks for it: the only network access of the engine. An interrupted download goes on where it
 * was, and one whose checksum differs is fetched once more. What is fetched is not in use yet; whoever asked looks at it first.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, statfs } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../common/app-error.ts';
import type { JobControl } from '../jobs/job-control.ts';

export type DownloadSource = {
  name: string;
  url: string;
  fileName: string;
  headers?: Record<string, string>;
  /** What the file must have; where it is left out, the SHA-256 that the server states, if any. */
  checksum?: Checksum;
};

export type Checksum = { algorithm: 'sha256'; hex: string } | { algorithm: 'sha512'; base64: string };

/**
 * Puts the file into `directory` and returns its path. Throws `disk-full`, `not-found`, `download-invalid` where it has another checksum twice, or what the
 * connection reports.
 */
export async function downloadFile(
  source: DownloadSource,
  directory: string,
  control: JobControl,
): Promise<string> {
  await mkdir(directory, { recursive: true });
  control.report('connecting', 0, null, 'bytes');
  const remote = await inspect(source, control.signal);
  await checkSpace(directory, remote.sizeBytes, source.name);
  const checksum = source.checksum ?? remote.checksum;
  // Pieces that come by several connections have been put together wrongly before; a wrong file is wrong again.
  for (const isLast of [false, true]) {
    const path = await fetchFile(source, directory, control);
    control.report('checking', 0, null, '');
    if (!checksum || (await hasChecksum(path, checksum, control.signal))) return path;
    await rm(path, { force: true });
    if (isLast) break;
  }
  throw new AppError(
    'download-invalid',
    `${source.name} arrived damaged twice (its checksum differs). It was removed. Try again later, or from another connection.`,
  );
}

export async function hasChecksum(path: string, checksum: Checksum, signal: AbortSignal): Promise<boolean> {
  const hash = createHash(checksum.algorithm);
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { signal }).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      throw error;
    },
  );
  return checksum.algorithm === 'sha256'
    ? hash.digest('hex') === checksum.hex
    : hash.digest('base64') === checksum.base64;
}

type Remote = { sizeBytes: number | null; checksum: Checksum | null };

/** Size and, where the server states one (Hugging Face does, of LFS files), the SHA-256 of the file. */
async function inspect({ name, url, headers }: DownloadSource, signal: AbortSignal): Promise<Remote> {
  let response: Response;
  try {
    response = await fetch(url, { method: 'HEAD', redirect: 'manual', headers, signal });
  } catch (cause) {
    throw new AppError(
      'not-found',
      `${name} cannot be reached at ${new URL(url).host}. Check the connection, then try again.`,
      {
        cause,
      },
    );
  }
  if (response.status >= 400) {
    throw new AppError('not-found', `${name} is not at ${url} (HTTP ${response.status}).`);
  }
  const size =
    response.headers.get('x-linked-size') ?? (response.ok ? response.headers.get('content-length') : null);
  const etag = (response.headers.get('x-linked-etag') ?? response.headers.get('etag') ?? '').replaceAll(
    '"',
    '',
  );
  return {
    sizeBytes: size === null ? null : Number(size),
    checksum: /^[0-9a-f]{64}$/.test(etag) ? { algorithm: 'sha256', hex: etag } : null,
  };
}

async function checkSpace(directory: string, sizeBytes: number | null, name: string): Promise<void> {
  if (sizeBytes === null) return;
  const { bavail, bsize } = await statfs(directory);
  const freeBytes = bavail * bsize;
  if (freeBytes < sizeBytes * 1.05) {
    const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1);
    throw new AppError(
      'disk-full',
      `${name} needs ${gigabytes(sizeBytes)} GB and ${gigabytes(freeBytes)} GB are free. Free some space, then try again.`,
    );
  }
}

/** Pausing ends the connections; going on takes up what is there. */
async function fetchFile(source: DownloadSource, directory: string, control: JobControl): Promise<string> {
  for (;;) {
    await control.checkpoint();
    const pause = new AbortController();
    const stopListening = control.onPause(() => pause.abort(new Error('The download is paused.')));
    try {
      return await fetchRest(source, directory, control, AbortSignal.any([control.signal, pause.signal]));
    } catch (error) {
      if (control.signal.aborted || !pause.signal.aborted) throw error;
    } finally {
      stopListening();
    }
  }
}

async function fetchRest(
  source: DownloadSource,
  directory: string,
  control: JobControl,
  signal: AbortSignal,
): Promise<string> {
  // Loaded here, as nothing else needs this part of the library.
  const { createModelDownloader } = await import('node-llama-cpp');
  const downloader = await createModelDownloader({
    modelUri: source.url,
    dirPath: directory,
    fileName: source.fileName,
    headers: source.headers,
    deleteTempFileOnCancel: false,
    skipExisting: true,
    onProgress: ({ downloadedSize, totalSize }) =>
      control.report('downloading', downloadedSize, totalSize, 'bytes'),
  });
  const path = await downloader.download({ signal });
  // Given up, it returns as if the file were there.
  signal.throwIfAborted();
  return path;
}
