/** Answers one request of the page's protocol with a file and the content security policy. It reads no file outside the page's folder. */
import { readFile } from 'node:fs/promises';
import { contentSecurityPolicy } from '../../common/content-security-policy.ts';
import { resolvePageFile } from './resolve-page-file.ts';

export async function answerPageRequest(request: Request, pageFolder: string): Promise<Response> {
  const file = resolvePageFile(request.method, request.url, pageFolder);
  if (file.type === 'refused') return new Response(null, { status: file.status, headers: fixedHeaders });
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await readFile(file.path);
  } catch {
    return new Response(null, { status: 404, headers: fixedHeaders }); // Missing or a folder: the page needs no reason.
  }
  return new Response(request.method === 'HEAD' ? null : bytes, {
    headers: { ...fixedHeaders, 'content-type': file.mediaType },
  });
}

const fixedHeaders = {
  'content-security-policy': contentSecurityPolicy(),
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};
