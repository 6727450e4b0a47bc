/**
 * Which file names the built page may ask for, and the media type of each. Both ways of serving the page use it;
 * it touches no file.
 */
import { extname } from 'node:path';

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.pfb': 'application/octet-stream',
  '.bcmap': 'application/octet-stream',
  '.icc': 'application/octet-stream',
  '.wasm': 'application/wasm',
};

/** Undefined for a kind of file that the page does not use, which is then not served. */
export function pageMediaType(name: string): string | undefined {
  return mediaTypes[extname(name).toLowerCase()];
}

/** Decodes each segment once, after splitting, so that an encoded separator or `..` stays inside one name and is refused. */
export function decodePagePath(pathname: string): string[] | null {
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
