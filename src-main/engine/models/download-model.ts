/**
 * Fetches one model file, when a person asks for it: the only network access of the engine. An interrupted download
 * goes on where it was; a file is put in place only after its checksum and its GGUF header have been looked at.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../common/app-error.ts';
import { describeModel } from '../../llara/describe-model.ts';
import type { JobControl } from '../jobs/job-control.ts';
import { placeModel } from './place-model.ts';

export type DownloadSource = { name: string; url: string; fileName: string };

/** `describe` throws where the file is no model of the kind. Returns the path of the finished file. Throws `disk-full`, `model-invalid` or what the connection reports. */
export async function downloadModel(
  source: DownloadSource,
  directory: string,
  control: JobControl,
  describe: (path: string) => Promise<unknown> = describeModel,
): Promise<string> {
  const partDirectory = join(directory, 'downloads');
  await mkdir(partDirectory, { recursive: true });
  control.report('connecting', 0, null, 'bytes');
  const remote = await inspect(source, control.signal);
  await checkSpace(partDirectory, remote.sizeBytes, source.name);
  const part = await fetchFile(source, partDirectory, control);
  control.report('checking', 0, null, '');
  await checkContent(part, remote.sha256, source.name, describe);
  return await placeModel(part, directory, source.fileName);
}

type Remote = { sizeBytes: number | null; sha256: string | null };

/** Size and, where the server states one (Hugging Face does, of LFS files), the SHA-256 of the file. */
async function inspect({ name, url }: DownloadSource, signal: AbortSignal): Promise<Remote> {
  let response: Response;
  try {
    response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
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
    sha256: /^[0-9a-f]{64}$/.test(etag) ? etag : null,
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

async function checkContent(
  path: string,
  sha256: string | null,
  name: string,
  describe: (path: string) => Promise<unknown>,
): Promise<void> {
  try {
    if (sha256) {
      const hash = createHash('sha256');
      await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
      if (hash.digest('hex') !== sha256) {
        throw new AppError(
          'model-invalid',
          `${name} arrived damaged (its checksum differs). It was removed; download it again.`,
        );
      }
    }
    await describe(path);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
