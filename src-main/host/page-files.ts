/**
 * Finds and sends the files of the built page. Names alone decide: nothing outside the folder can be named, whatever
 * the encoding, and a kind of file that the page does not use is not served.
 */
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.pfb': 'application/octet-stream',
  '.bcmap': 'application/octet-stream',
  '.icc': 'application/octet-stream',
  '.wasm': 'application/wasm',
};

export type PageFile = { path: string; mediaType: string };

/** The file that `pathname` (still percent-encoded) names below `directory`, or null. It need not exist. */
export function resolvePageFile(pathname: string, directory: string): PageFile | null {
  const segments = decodeSegments(pathname === '/' ? '/index.html' : pathname);
  if (!segments) return null;
  const mediaType = mediaTypes[extname(segments.at(-1) ?? '').toLowerCase()];
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

/** Decodes each segment once, after splitting, so that an encoded separator or `..` stays inside one name and is refused. */
function decodeSegments(pathname: string): string[] | null {
  const segments: string[] = [];
  for (const encoded of pathname.split('/').slice(1)) {
    let name: string;
    try {
      name = decodeURIComponent(encoded);
    } catch {
      return null; // Not UTF-8: no file of ours is named so.
    }
    if (!/^\w[\w .@+-]*$/.test(name) || name.endsWith('.') || name.endsWith(' ')) return null;
    segments.push(name);
  }
  return segments.length > 0 ? segments : null;
}
