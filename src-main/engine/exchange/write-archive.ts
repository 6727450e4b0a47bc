/**
 * Writes an archive part by part, none of them held in memory, and takes the checksum of each on its way. It grows under another name and gets
 * its own once it is whole, so that what has the name can be trusted.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { AppError } from '../../common/app-error.ts';
import { type ArchiveEntry, type ArchiveManifest, manifestPart } from './archive-manifest.ts';

/** Tables and models hardly get smaller by packing. */
const packedAlready = /\.(lance|gguf)$/;

export type ArchiveFile = { name: string; path: string };

/** `onFile` is called before each part. Throws `conflict` where there is such a file, `path-not-readable` or `disk-full`. */
export async function writeArchive(
  path: string,
  files: readonly ArchiveFile[],
  about: Omit<ArchiveManifest, 'entries'>,
  { onFile, signal }: { onFile: (done: number, name: string) => Promise<void>; signal: AbortSignal },
): Promise<{ bytes: number; entries: ArchiveEntry[] }> {
  if (existsSync(path)) throw new AppError('conflict', `${path} is there already. Choose another name.`);
  const aside = `${path}.part`;
  const zip = new ZipFile();
  try {
    const output = pipeline(zip.outputStream, createWriteStream(aside), { signal });
    // Its failure is met below; here it must not count as one that nobody handles.
    output.catch(() => {});
    const failed = once(zip, 'error').then(([error]) => Promise.reject(error as Error));
    failed.catch(() => {});
    const entries: ArchiveEntry[] = [];
    for (const [done, file] of files.entries()) {
      await onFile(done, file.name);
      entries.push(await Promise.race([addFile(zip, file), output.then(endedEarly), failed]));
    }
    const manifest: ArchiveManifest = { ...about, entries };
    zip.addBuffer(Buffer.from(JSON.stringify(manifest, null, 1)), manifestPart);
    zip.end();
    await Promise.race([output, failed]);
    await sync(aside);
    if (existsSync(path)) throw new AppError('conflict', `${path} is there already. Choose another name.`);
    await rename(aside, path);
    return { bytes: (await stat(path)).size, entries };
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {}); // The failure itself is what is to be reported.
    throw signal.aborted ? signal.reason : explain(error, path);
  }
}

async function addFile(zip: ZipFile, { name, path }: ArchiveFile): Promise<ArchiveEntry> {
  const { size } = await stat(path);
  const hash = createHash('sha256');
  await new Promise<void>((resolve, reject) => {
    const hashing = new Transform({
      transform(chunk, _, done) {
        hash.update(chunk);
        done(null, chunk);
      },
      flush(done) {
        done();
        resolve();
      },
    });
    const options = { size, compress: !packedAlready.test(name) };
    zip.addReadStreamLazy(name, options, (give) => {
      const file = createReadStream(path);
      file.on('error', reject);
      hashing.on('error', reject);
      give(null, file.pipe(hashing));
    });
  });
  return { name, bytes: size, sha256: hash.digest('hex') };
}

function endedEarly(): never {
  throw new AppError('internal', 'The archive ended before it was whole.');
}

async function sync(path: string): Promise<void> {
  await using file = await open(path, 'r+');
  await file.sync();
}

function explain(error: unknown, path: string): unknown {
  if (error instanceof AppError || !(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOSPC') {
    return new AppError(
      'disk-full',
      `The disk is full; ${path} was not made. Free some space and try again.`,
      {
        cause: error,
      },
    );
  }
  return new AppError('path-not-readable', `${path} cannot be written (${String(error.code)}).`, {
    cause: error,
  });
}
