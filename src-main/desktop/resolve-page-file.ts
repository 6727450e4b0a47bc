/**
 * Turns a request of the page's protocol into a file below the page's folder, or into a refusal.
 * It works on names alone; nothing outside the folder can be named, whatever the encoding.
 */
import { extname, join } from 'node:path';
import { appIdentity } from './app-identity.ts';

export type PageFile =
  | { type: 'file'; path: string; mediaType: string }
  | { type: 'refused'; status: 400 | 403 | 404 | 405 };

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

export function resolvePageFile(method: string, requestUrl: string, pageFolder: string): PageFile {
  if (method !== 'GET' && method !== 'HEAD') return { type: 'refused', status: 405 };
  if (!URL.canParse(requestUrl)) return { type: 'refused', status: 400 };
  const url = new URL(requestUrl);
  if (url.protocol !== `${appIdentity.pageScheme}:` || url.host !== appIdentity.pageHost) {
    return { type: 'refused', status: 403 };
  }
  const segments = decodeSegments(url.pathname === '/' ? '/index.html' : url.pathname);
  if (!segments) return { type: 'refused', status: 400 };
  const mediaType = mediaTypes[extname(segments.at(-1)!).toLowerCase()];
  if (!mediaType) return { type: 'refused', status: 404 };
  return { type: 'file', path: join(pageFolder, ...segments), mediaType };
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
    if (!/^[\w][\w .@+-]*$/.test(name) || name.endsWith('.') || name.endsWith(' ')) return null;
    segments.push(name);
  }
  return segments.length > 0 ? segments : null;
}
