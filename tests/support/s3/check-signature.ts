/** Checks a request's signature as S3 does (AWS Signature Version 4), so that a wrong key or a wrong secret is refused for what it is. */
import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export type Credentials = { accessKeyId: string; secretAccessKey: string };

/** Null for a request that is rightly signed, else the code and words of S3. */
export function checkSignature(
  request: IncomingMessage,
  body: Buffer,
  { accessKeyId, secretAccessKey }: Credentials,
): { code: string; message: string } | null {
  const header = request.headers.authorization ?? '';
  const parsed =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\S+?), ?SignedHeaders=(\S+?), ?Signature=([0-9a-f]+)$/.exec(
      header,
    );
  if (!parsed) return { code: 'AccessDenied', message: 'Access Denied' };
  const [, keyId, scope, signedHeaders, signature] = parsed as unknown as string[];
  if (keyId !== accessKeyId) {
    return {
      code: 'InvalidAccessKeyId',
      message: 'The AWS Access Key Id you provided does not exist in our records.',
    };
  }
  const stated = String(request.headers['x-amz-content-sha256']);
  if (/^[0-9a-f]{64}$/.test(stated) && stated !== sha256(body))
    return {
      code: 'XAmzContentSHA256Mismatch',
      message: 'The provided sha256 does not match what was computed.',
    };
  const [path = '/', query = ''] = (request.url ?? '/').split('?');
  const canonical = [
    request.method,
    path,
    canonicalQuery(query),
    ...signedHeaders!.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}`),
    '',
    signedHeaders,
    stated,
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = scope!.split('/').reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  if (hmac(key, toSign).toString('hex') === signature) return null;
  return {
    code: 'SignatureDoesNotMatch',
    message: 'The request signature we calculated does not match the signature you provided.',
  };
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter(Boolean)
    .map((part) => (part.includes('=') ? part : `${part}=`))
    .sort()
    .join('&');
}
