/**
 * Finds and sends the files of the built page. Names alone decide: nothing outside the folder can be named, whatever
 * the encoding, and a kind of file that the page does not use is not served.
 */
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { decodePagePath, pageMediaType } from '../common/page-names.ts';

export type PageFile = { path: string; mediaType: string };

/** The file that `pathname` (still percent-encoded) names below `directory`, or null. It need not exist. */
export function resolvePageFile(pathname: string, directory: string): PageFile | null {
  const segments = decodePagePath(pathname === '/' ? '/index.html' : pathname);
  if (!segments) return null;
  const mediaType = pageMediaType(segments.at(-1) ?? '');
  return mediaType ? { path: join(directory, ...segments), mediaType } : null;
}

/** Sends `file`; false where there is none, or where a link leads out of `directory`. */
export async function sendPageFile(
  file: PageFile,
  directory: string,
  response: ServerResponse,
  headOnly: boolean,
): Promise<boolean> {
  const size = await sizeInside(file.path, directory);
  if (size === null) return false;
  // Bundled assets carry a hash of their content in their name; everything else may change with the next build.
  const isHashed = /[/\\]assets[/\\].+-[\w-]{8,}\.\w+$/.test(file.path);
  response.writeHead(200, {
    'Content-Type': file.mediaType,
    'Content-Length': size,
    'Cache-Control': isHashed ? 'private, max-age=31536000, immutable' : 'no-cache',
  });
  if (headOnly) response.end();
  else await pipeline(createReadStream(file.path), response);
  return true;
}

async function sizeInside(path: string, directory: string): Promise<number | null> {
  try {
    const [root, real] = await Promise.all([realpath(directory), realpath(path)]);
    if (!real.startsWith(root + sep)) return null;
    const found = await stat(real);
    return found.isFile() ? found.size : null;
  } catch {
    return null; // Missing or unreadable is the same to a browser.
  }
}
