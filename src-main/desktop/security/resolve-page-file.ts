/**
 * Turns a request of the page's protocol into a file below the page's folder, or into a refusal.
 * It works on names alone; nothing outside the folder can be named, whatever the encoding.
 */
import { join } from 'node:path';
import { decodePagePath, pageMediaType } from '../../common/page-names.ts';
import { appIdentity } from '../app-identity.ts';

export type PageFile =
  | { type: 'file'; path: string; mediaType: string }
  | { type: 'refused'; status: 400 | 403 | 404 | 405 };

export function resolvePageFile(method: string, requestUrl: string, pageFolder: string): PageFile {
  if (method !== 'GET' && method !== 'HEAD') return { type: 'refused', status: 405 };
  if (!URL.canParse(requestUrl)) return { type: 'refused', status: 400 };
  const url = new URL(requestUrl);
  if (url.protocol !== `${appIdentity.pageScheme}:` || url.host !== appIdentity.pageHost) {
    return { type: 'refused', status: 403 };
  }
  const segments = decodePagePath(url.pathname === '/' ? '/index.html' : url.pathname);
  if (!segments) return { type: 'refused', status: 400 };
  const mediaType = pageMediaType(segments.at(-1)!);
  if (!mediaType) return { type: 'refused', status: 404 };
  return { type: 'file', path: join(pageFolder, ...segments), mediaType };
}
