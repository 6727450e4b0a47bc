/** Reads an archive of a library: first what it says of itself, then its parts, each of which must be as long as it says and have its checksum. */

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { AppError } from '../../common/app-error.ts';
import { errorCode } from '../../common/error-code.ts';
import {
  type ArchiveEntry,
  type ArchiveManifest,
  archiveManifestSchema,
  archiveVersion,
  manifestPart,
} from './archive-manifest.ts';

const maxManifestBytes = 64 * 1024 * 1024;

export class LibraryArchive {
  readonly path: string;
  readonly manifest: ArchiveManifest;
  readonly #zip: ZipFile;
  readonly #parts: ReadonlyMap<string, Entry>;

  private constructor(
    path: string,
    zip: ZipFile,
    parts: ReadonlyMap<string, Entry>,
    manifest: ArchiveManifest,
  ) {
    this.path = path;
    this.manifest = manifest;
    this.#zip = zip;
    this.#parts = parts;
  }

  /** Throws `path-not-readable` for what is not there, damaged or no such archive, `not-supported` for one of a newer version. */
  static async open(path: string): Promise<LibraryArchive> {
    let zip: ZipFile | undefined;
    try {
      zip = await openPromise(path, { lazyEntries: true, autoClose: false });
      const parts = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) parts.set(entry.fileName, entry);
      const manifest = await readManifest(path, zip, parts.get(manifestPart));
      return new LibraryArchive(path, zip, parts, manifest);
    } catch (error) {
      zip?.close();
      throw explain(error, path);
    }
  }

  /** Writes one part to `target`, or finds it there. `target` never holds anything but the whole of it. */
  async unpack(entry: ArchiveEntry, target: string, signal: AbortSignal): Promise<void> {
    if (await isSame(target, entry)) return;
    const part = this.#parts.get(entry.name);
    if (!part) throw damaged(this.path, `${entry.name} is missing`);
    await mkdir(dirname(target), { recursive: true });
    const aside = `${target}.part`;
    try {
      const { hash, counted } = hashing(entry.bytes);
      const file = await this.#zip.openReadStreamPromise(part);
      await pipeline(file, counted, createWriteStream(aside, { flush: true }), { signal });
      if (hash.digest('hex') !== entry.sha256) throw new Error(`the checksum of ${entry.name} is wrong`);
      await rename(aside, target);
    } catch (error) {
      await rm(aside, { force: true }).catch(() => {}); // The failure itself is what is to be reported.
      throw signal.aborted ? signal.reason : explain(error, this.path);
    }
  }

  close(): void {
    this.#zip.close();
  }
}

async function readManifest(path: string, zip: ZipFile, part: Entry | undefined): Promise<ArchiveManifest> {
  if (!part) throw notAnArchive(path, 'it does not say what it holds');
  if (part.uncompressedSize > maxManifestBytes) throw notAnArchive(path, 'what it says it holds is too long');
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(part)) chunks.push(chunk as Buffer);
  const stated: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  const version = typeof stated === 'object' && stated !== null && 'version' in stated ? stated.version : 0;
  if (typeof version === 'number' && version > archiveVersion) {
    throw new AppError(
      'not-supported',
      `${path} was made by a newer version of llara (format ${version}, known here: ${archiveVersion}). Update llara to import it.`,
    );
  }
  const parsed = archiveManifestSchema.safeParse(stated);
  if (!parsed.success) throw notAnArchive(path, 'it does not say what it holds');
  return parsed.data;
}

/** A stream that refuses to let more through than the part should hold. */
function hashing(maxBytes: number) {
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(bytes > maxBytes ? new Error('a part is longer than it says') : null, chunk);
    },
  });
  return { hash, counted };
}

async function isSame(path: string, { bytes, sha256 }: ArchiveEntry): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (found?.size !== bytes) return false;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex') === sha256;
}

const notAnArchive = (path: string, why: string, cause?: unknown): AppError =>
  new AppError(
    'path-not-readable',
    `${path} is not an archive of a library (${why}). Make one with: llara export`,
    {
      cause,
    },
  );

const damaged = (path: string, why: string, cause?: unknown): AppError =>
  new AppError(
    'path-not-readable',
    `${path} is damaged: ${why}. Nothing was imported; copy the file again, or make it anew with: llara export`,
    { cause },
  );

function explain(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const code = errorCode(error) ?? '';
  if (code === 'ENOSPC')
    return new AppError(
      'disk-full',
      `The disk is full. Free some space, then import ${path} again; it goes on from there.`,
      {
        cause: error,
      },
    );
  if (code === 'ENOENT')
    return new AppError('path-not-readable', `There is no file ${path}.`, { cause: error });
  if (code.startsWith('E') && !code.startsWith('ERR_'))
    return new AppError('path-not-readable', `${path} cannot be read or unpacked (${code}).`, {
      cause: error,
    });
  if (/end of central directory|not a zip/i.test(message) || error instanceof SyntaxError)
    return notAnArchive(path, message, error);
  return damaged(path, message, error);
}
